package io.caisson.fdb.embedded.history;

import org.jspecify.annotations.Nullable;

/**
 * One change of one key: when it happened and what was there before; older changes of the key hang
 * behind it. The committing thread makes and links changes, any thread follows {@link #older}.
 */
final class Change {
  final long version;
  final byte @Nullable [] previous;

  /** Cut off when the older change has left the window. */
  volatile @Nullable Change older;

  /** The committing thread's: whether readers of the key conflict with this. */
  boolean conflicting;

  /** The committing thread's: what followed, so that the oldest one is cut off without a search. */
  @Nullable Change newer;

  Change(long version, byte @Nullable [] previous, boolean conflicting) {
    this.version = version;
    this.previous = previous;
    this.conflicting = conflicting;
  }
}

package io.caisson.fdb.embedded.history;

import org.jspecify.annotations.Nullable;

/**
 * One change of one key: when it happened and what was there before; older changes of the key hang
 * behind it.
 */
final class Change {
  final long version;
  final byte @Nullable [] previous;
  final boolean conflicting;

  /** Cut off when the older change has left the window. */
  volatile @Nullable Change older;

  Change(long version, byte @Nullable [] previous, boolean conflicting, @Nullable Change older) {
    this.version = version;
    this.previous = previous;
    this.conflicting = conflicting;
    this.older = older;
  }
}

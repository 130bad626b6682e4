package io.caisson.fdb.embedded.history;

import org.jspecify.annotations.Nullable;

/**
 * One change of one key: when it happened, what was there before, and what is there now, as long as
 * the tree may not show it; older changes of the key hang behind it. The committing thread makes
 * and links changes, any thread follows {@link #older} and reads {@link #value}.
 */
final class Change {
  /** Stands for a value that the tree shows. */
  static final byte[] IN_TREE = {};

  final long version;
  final byte @Nullable [] previous;

  /** What the key holds from this change on: null if nothing, or {@link #IN_TREE}. */
  volatile byte @Nullable [] value;

  /** Cut off when the older change has left the window. */
  volatile @Nullable Change older;

  /** The committing thread's: whether readers of the key conflict with this. */
  boolean conflicting;

  /** The committing thread's: what followed, so that the oldest one is cut off without a search. */
  @Nullable Change newer;

  Change(long version, byte @Nullable [] previous, byte @Nullable [] value, boolean conflicting) {
    this.version = version;
    this.previous = previous;
    this.value = value;
    this.conflicting = conflicting;
  }

  /** Of this change and the older ones, the oldest after a version; null if there is none. */
  @Nullable Change oldestAfter(long bound) {
    Change found = null;
    for (Change at = this; at != null && at.version > bound; at = at.older) {
      found = at;
    }
    return found;
  }

  /** Of this change and the older ones, the newest up to a version; null if there is none. */
  @Nullable Change newestUpTo(long bound) {
    Change at = this;
    while (at != null && at.version > bound) {
      at = at.older;
    }
    return at;
  }
}

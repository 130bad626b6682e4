package io.caisson.fdb.embedded;

import org.jspecify.annotations.Nullable;

/** What a batch is worked out against, and what takes what it comes to. The committing thread's. */
interface BatchTarget {
  /** The value that a key has by now, what the batch has written included. */
  byte @Nullable [] get(byte[] key);

  /**
   * Takes a change of a key.
   *
   * @param previous what {@link #get} has told
   * @param value null if the key is cleared
   * @param conflicting whether readers of the key conflict with it
   */
  void store(byte[] key, byte @Nullable [] previous, byte @Nullable [] value, boolean conflicting);
}

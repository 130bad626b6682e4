package io.caisson.fdb.embedded.tree;

import java.util.Arrays;

/**
 * The page of memory that a long walk is on, copied to the heap as a whole: one large copy is much
 * cheaper than the two small ones that each entry would need out of native memory, and those within
 * the heap cost little. It knows nothing of LMDB's pages; where its own page ends before an entry
 * does, the entry is copied directly. Not thread-safe.
 */
final class PageCopy {
  /**
   * No system's pages are smaller, so that where one byte can be read all others around it can be.
   */
  private static final int BYTES = 4_096;

  private static final long NONE = -1;
  private static final byte[] NOTHING = {};

  private final byte[] bytes = new byte[BYTES];
  private long begin = NONE;

  /** Forgets the page, whose memory may have changed. */
  void forget() {
    begin = NONE;
  }

  /** A part of a slice whose memory does not change before {@link #forget}. */
  byte[] copy(NativeSlice slice, int index, int length) {
    if (length == 0) {
      return NOTHING; // it may lie behind the end of a page, where nothing may be readable
    }
    long address = slice.address() + index;
    int offset = (int) address & (BYTES - 1);
    if (offset + length > BYTES) {
      return slice.copy(index, length);
    }
    if (begin != address - offset) {
      begin = address - offset;
      slice.read(index - offset, bytes, 0, BYTES);
    }
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }
}

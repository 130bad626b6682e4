package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.RangeRequest.Bound;
import java.util.Arrays;

/**
 * Finds the key that a selector names: so many keys up or down from where its key stands, and the
 * end of the key space if there are not so many. Reads, but leaves read conflicts to its caller.
 * Stateless.
 */
final class SelectorResolution {
  private static final int PAGE_ROWS = 1_000;
  private static final long PAGE_BYTES = 1L << 20;

  private SelectorResolution() {}

  /**
   * Where a selector points.
   *
   * @param key the key, or an end of the key space
   * @param atBegin whether there were not so many keys below
   * @param atEnd whether there were not so many keys above
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
  record Resolution(byte[] key, boolean atBegin, boolean atEnd) {}

  static Resolution resolve(MergedReads reads, Bound bound, byte[] end) {
    byte[] base = Arrays.compareUnsigned(bound.key(), end) > 0 ? end : bound.key();
    return bound.offset() > 0
        ? up(reads, base, end, bound.offset())
        : down(reads, base, 1 - bound.offset());
  }

  private static Resolution up(MergedReads reads, byte[] base, byte[] end, int count) {
    byte[] from = base;
    int left = count;
    while (true) {
      StoreReads.Page page =
          reads.page(
              new StoreReads.Scan(from, end, false, Math.min(left, PAGE_ROWS), PAGE_BYTES, true));
      int found = page.rows().size();
      if (found >= left) {
        return new Resolution(page.rows().key(left - 1), false, false);
      }
      if (!page.more()) {
        return new Resolution(end, false, true);
      }
      left -= found;
      from = page.end();
    }
  }

  private static Resolution down(MergedReads reads, byte[] base, int count) {
    byte[] to = base;
    int left = count;
    while (true) {
      StoreReads.Page page =
          reads.page(
              new StoreReads.Scan(
                  KeyLimits.FIRST, to, true, Math.min(left, PAGE_ROWS), PAGE_BYTES, true));
      int found = page.rows().size();
      if (found >= left) {
        return new Resolution(page.rows().key(left - 1), false, false);
      }
      if (!page.more()) {
        return new Resolution(KeyLimits.FIRST, true, false);
      }
      left -= found;
      to = page.begin();
    }
  }
}

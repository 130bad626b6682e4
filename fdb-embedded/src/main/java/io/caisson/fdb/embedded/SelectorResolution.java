package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeySelector;
import io.caisson.fdb.embedded.history.KeyRanges;

/**
 * Finds the key that a selector names: so many keys up or down from where its key stands, and the
 * end of the key space if there are not so many. Stateless.
 */
final class SelectorResolution {
  private static final int PAGE_ROWS = 1_000;
  private static final long PAGE_BYTES = 1L << 20;

  private SelectorResolution() {}

  static byte[] resolve(EmbeddedTransaction transaction, KeySelector selector, boolean snapshot) {
    byte[] key = selector.getKey();
    transaction.checkBound(key);
    byte[] base = selector.orEqual() ? KeyRanges.after(key) : key;
    return selector.getOffset() > 0
        ? up(transaction, base, selector.getOffset(), snapshot)
        : down(transaction, base, 1 - selector.getOffset(), snapshot);
  }

  private static byte[] up(
      EmbeddedTransaction transaction, byte[] base, int count, boolean snapshot) {
    byte[] from = base;
    byte[] end = transaction.readEnd();
    int left = count;
    while (true) {
      StoreReads.Page page =
          transaction.page(
              new StoreReads.Scan(from, end, false, Math.min(left, PAGE_ROWS), PAGE_BYTES, true),
              snapshot);
      int found = page.rows().size();
      if (found >= left) {
        return page.rows().key(left - 1);
      }
      if (!page.more()) {
        return end;
      }
      left -= found;
      from = page.end();
    }
  }

  private static byte[] down(
      EmbeddedTransaction transaction, byte[] base, int count, boolean snapshot) {
    byte[] to = base;
    int left = count;
    while (true) {
      StoreReads.Page page =
          transaction.page(
              new StoreReads.Scan(
                  KeyLimits.FIRST, to, true, Math.min(left, PAGE_ROWS), PAGE_BYTES, true),
              snapshot);
      int found = page.rows().size();
      if (found >= left) {
        return page.rows().key(left - 1);
      }
      if (!page.more()) {
        return KeyLimits.FIRST;
      }
      left -= found;
      to = page.begin();
    }
  }
}

package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.Rows;
import java.util.Arrays;

/**
 * Pages of the store at a transaction's read version with the transaction's own writes laid over
 * them, where it sees them. One thread at a time; takes the transaction's monitor to look at the
 * writes.
 */
final class MergedReads {
  private final TransactionState state;
  private final StoreReads store;
  private final boolean seesOwnWrites;
  private final long version;

  MergedReads(TransactionState state, boolean seesOwnWrites) {
    this.state = state;
    this.store = state.database().reads();
    this.seesOwnWrites = seesOwnWrites;
    this.version = state.version();
  }

  /** The next page; empty only if the scan is at its end. */
  StoreReads.Page page(StoreReads.Scan scan) {
    StoreReads.Page page = new StoreReads.Page(new Rows(0), scan.begin(), scan.end(), false);
    byte[] from = scan.begin();
    byte[] to = scan.end();
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return page;
    }
    do {
      StoreReads.Scan rest =
          new StoreReads.Scan(
              from, to, scan.reverse(), scan.maximumRows(), scan.maximumBytes(), scan.values());
      page = limited(overlaid(store.scan(rest, version), scan.reverse()), scan);
      checkReadable(page);
      if (scan.reverse()) {
        to = page.begin();
      } else {
        from = page.end();
      }
    } while (page.rows().size() == 0 && page.more());
    return scan.reverse()
        ? new StoreReads.Page(page.rows(), page.begin(), scan.end(), page.more())
        : new StoreReads.Page(page.rows(), scan.begin(), page.end(), page.more());
  }

  private StoreReads.Page overlaid(StoreReads.Page page, boolean reverse) {
    if (!seesOwnWrites) {
      return page;
    }
    synchronized (state) {
      if (state.writes().overlay().isEmpty()) {
        return page;
      }
      Rows rows = state.writes().overlay().amend(page.rows(), page.begin(), page.end(), reverse);
      return rows == page.rows()
          ? page
          : new StoreReads.Page(rows, page.begin(), page.end(), page.more());
    }
  }

  private void checkReadable(StoreReads.Page page) {
    if (!seesOwnWrites) {
      return;
    }
    synchronized (state) {
      if (!state.settings().bypassUnreadable
          && state.writes().overlay().isUnreadable(page.begin(), page.end())) {
        throw ErrorCode.ACCESSED_UNREADABLE.exception();
      }
    }
  }

  /** Whether no row but the last reaches a limit, as it is with every page of the store itself. */
  private static boolean fits(Rows rows, StoreReads.Scan scan) {
    int last = rows.size() - 1;
    return last < 0
        || (last < scan.maximumRows() && rows.bytes() - rows.bytes(last) < scan.maximumBytes());
  }

  /** Cuts a page to which own writes, or rows of an older version, were added. */
  private static StoreReads.Page limited(StoreReads.Page page, StoreReads.Scan scan) {
    Rows rows = page.rows();
    if (fits(rows, scan)) {
      return page;
    }
    int count = 0;
    long bytes = 0;
    while (count < rows.size() && count < scan.maximumRows() && bytes < scan.maximumBytes()) {
      bytes += rows.bytes(count++);
    }
    Rows kept = rows.first(count);
    byte[] last = kept.key(count - 1);
    return scan.reverse()
        ? new StoreReads.Page(kept, last, page.end(), true)
        : new StoreReads.Page(kept, page.begin(), KeyRanges.after(last), true);
  }
}

package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.async.AsyncUtil;
import io.caisson.fdb.embedded.history.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A range read, done page by page as it is iterated, or at once as a list. Each iteration begins
 * anew.
 *
 * <p>Pages are read synchronously: everything lies in this process.
 */
final class RangeRead implements AsyncIterable<KeyValue> {
  private static final long FIRST_PAGE = 64L << 10;
  private static final long LARGEST_PAGE = 1L << 20;

  private final EmbeddedTransaction transaction;
  private final boolean snapshot;
  private final KeySelector begin;
  private final KeySelector end;
  private final int limit;
  private final boolean reverse;
  private final StreamingMode mode;

  RangeRead(
      EmbeddedTransaction transaction,
      boolean snapshot,
      KeySelector begin,
      KeySelector end,
      int limit,
      boolean reverse,
      StreamingMode mode) {
    this.transaction = transaction;
    this.snapshot = snapshot;
    this.begin = begin;
    this.end = end;
    this.limit = limit;
    this.reverse = reverse;
    this.mode = mode;
  }

  /** The pages of one run through the range. */
  private final class Pages {
    private byte[] from;
    private byte[] to;
    private int remaining;
    private long pageBytes =
        mode == StreamingMode.WANT_ALL || mode == StreamingMode.EXACT ? LARGEST_PAGE : FIRST_PAGE;
    private boolean more = true;

    Pages() {
      if (limit < 0) {
        throw ErrorCode.RANGE_LIMITS_INVALID.exception();
      }
      if (mode == StreamingMode.EXACT && limit == 0) {
        throw ErrorCode.EXACT_MODE_WITHOUT_LIMITS.exception();
      }
      remaining = limit == 0 ? Integer.MAX_VALUE : limit;
      from = transaction.resolveBound(begin, snapshot);
      to = transaction.resolveBound(end, snapshot);
    }

    /** The next page, which is empty only at the end. */
    Rows next() {
      StoreReads.Page page =
          transaction.page(
              new StoreReads.Scan(from, to, reverse, remaining, pageBytes, true), snapshot);
      Rows rows = page.rows();
      if (limit != 0) {
        remaining -= rows.size();
      }
      if (reverse) {
        to = page.begin();
      } else {
        from = page.end();
      }
      more = page.more() && remaining > 0;
      pageBytes = Math.min(LARGEST_PAGE, pageBytes * 2);
      return rows;
    }
  }

  @Override
  public CompletableFuture<List<KeyValue>> asList() {
    try {
      List<KeyValue> list = new ArrayList<>();
      Pages pages = new Pages();
      while (pages.more) {
        Rows rows = pages.next();
        for (int i = 0; i < rows.size(); i++) {
          list.add(new KeyValue(rows.key(i), rows.value(i)));
        }
      }
      return CompletableFuture.completedFuture(list);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Override
  public AsyncIterator<KeyValue> iterator() {
    return new Iteration();
  }

  private final class Iteration implements AsyncIterator<KeyValue> {
    private @Nullable Pages pages;
    private Rows rows = new Rows(0);
    private int index;
    private byte @Nullable [] lastKey;
    private @Nullable RuntimeException failure;
    private boolean cancelled;

    private boolean advance() {
      if (cancelled) {
        throw new CancellationException();
      }
      if (failure != null) {
        throw failure;
      }
      try {
        if (pages == null) {
          pages = new Pages();
        }
        while (index == rows.size()) {
          if (!pages.more) {
            return false;
          }
          rows = pages.next();
          index = 0;
        }
        return true;
      } catch (RuntimeException refused) {
        failure = refused;
        throw refused;
      }
    }

    @Override
    public synchronized CompletableFuture<Boolean> onHasNext() {
      if (cancelled) {
        throw new CancellationException();
      }
      try {
        return advance() ? AsyncUtil.READY_TRUE : AsyncUtil.READY_FALSE;
      } catch (RuntimeException refused) {
        return CompletableFuture.failedFuture(refused);
      }
    }

    @Override
    public boolean hasNext() {
      return onHasNext().join();
    }

    @Override
    public synchronized KeyValue next() {
      if (!onHasNext().join()) {
        throw new NoSuchElementException();
      }
      lastKey = rows.key(index);
      return new KeyValue(lastKey, rows.value(index++));
    }

    @Override
    public synchronized void remove() {
      if (lastKey == null) {
        throw new IllegalStateException("No value has been fetched from database");
      }
      transaction.clear(lastKey);
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
    }
  }
}

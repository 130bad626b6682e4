package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.async.AsyncUtil;
import io.caisson.fdb.embedded.RangeRequest.Answer;
import io.caisson.fdb.embedded.history.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A range read, done request by request as it is iterated, or at once as a list. As the native
 * binding does, an iteration makes its first request when it begins and each further one when the
 * first row of the answer before is taken; each iteration begins anew. An iteration is for one
 * thread at a time, but for {@code cancel}.
 */
final class RangeRead implements AsyncIterable<KeyValue> {
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

  @Override
  public CompletableFuture<List<KeyValue>> asList() {
    StreamingMode whole =
        mode != StreamingMode.ITERATOR
            ? mode
            : limit == 0 ? StreamingMode.WANT_ALL : StreamingMode.EXACT;
    List<KeyValue> list = new ArrayList<>();
    return new Requests(whole).collect(list).thenApply(done -> list);
  }

  @Override
  public AsyncIterator<KeyValue> iterator() {
    return new Iteration();
  }

  /** The requests of one run through the range. */
  private final class Requests {
    private final StreamingMode requestMode;
    private KeySelector from = begin;
    private KeySelector to = end;
    private int remaining = limit;
    private int iteration;
    private boolean isLast;

    Requests(StreamingMode requestMode) {
      this.requestMode = requestMode;
    }

    CompletableFuture<Rows> next() {
      return transaction
          .range(from, to, remaining, requestMode, ++iteration, snapshot, reverse)
          .thenApply(this::goOnBehind);
    }

    private Rows goOnBehind(Answer answer) {
      Rows rows = answer.rows();
      if (rows.size() > 0) {
        byte[] last = rows.key(rows.size() - 1).clone(); // the caller may change what it is given
        if (reverse) {
          to = KeySelector.firstGreaterOrEqual(last);
        } else {
          from = KeySelector.firstGreaterThan(last);
        }
      }
      if (limit != 0) {
        remaining -= rows.size();
      }
      isLast = rows.size() == 0 || !answer.more() || (limit != 0 && remaining < 1);
      return rows;
    }

    /** Makes all requests, one after the other, without a stack frame for each. */
    CompletableFuture<Void> collect(List<KeyValue> list) {
      while (true) {
        CompletableFuture<Rows> answer = next();
        if (!answer.isDone() || answer.isCompletedExceptionally()) {
          return answer.thenCompose(
              rows -> {
                addAll(rows, list);
                return isLast ? AsyncUtil.DONE : collect(list);
              });
        }
        addAll(answer.join(), list);
        if (isLast) {
          return AsyncUtil.DONE;
        }
      }
    }

    private static void addAll(Rows rows, List<KeyValue> list) {
      for (int i = 0; i < rows.size(); i++) {
        list.add(new KeyValue(rows.key(i), rows.value(i)));
      }
    }
  }

  private final class Iteration implements AsyncIterator<KeyValue> {
    private final Requests requests = new Requests(mode);
    private CompletableFuture<Rows> upcoming = requests.next();
    private CompletableFuture<Boolean> hasUpcoming = present(upcoming);
    private Rows rows = new Rows(0);
    private int index;
    private boolean rowsAreLast;
    private byte @Nullable [] lastKey;
    private volatile boolean cancelled;

    private static CompletableFuture<Boolean> present(CompletableFuture<Rows> answer) {
      return answer.thenApply(found -> found.size() > 0);
    }

    /** Takes the next answer if the current one is used up and the next one is there. */
    private void advance() {
      if (index == rows.size()
          && !rowsAreLast
          && upcoming.isDone()
          && !upcoming.isCompletedExceptionally()) {
        rows = upcoming.join();
        rowsAreLast = requests.isLast;
        index = 0;
      }
    }

    @Override
    public CompletableFuture<Boolean> onHasNext() {
      if (cancelled) {
        throw new CancellationException();
      }
      advance();
      if (index < rows.size()) {
        return AsyncUtil.READY_TRUE;
      }
      return rowsAreLast ? AsyncUtil.READY_FALSE : hasUpcoming;
    }

    @Override
    public boolean hasNext() {
      return (index < rows.size() && !cancelled) || onHasNext().join();
    }

    @Override
    public KeyValue next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      advance();
      int at = index++;
      if (at == 0 && !rowsAreLast) {
        upcoming = requests.next();
        hasUpcoming = present(upcoming);
      }
      lastKey = rows.key(at);
      return new KeyValue(lastKey, rows.value(at));
    }

    @Override
    public void remove() {
      if (lastKey == null) {
        throw new IllegalStateException("No value has been fetched from database");
      }
      transaction.clear(lastKey);
    }

    @Override
    public void cancel() {
      cancelled = true;
      upcoming.cancel(true);
      hasUpcoming.cancel(true);
    }
  }
}

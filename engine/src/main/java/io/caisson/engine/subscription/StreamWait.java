package io.caisson.engine.subscription;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.transaction.StoreErrors;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a stream to gain rows. For one thread. */
final class StreamWait implements LoggedChanges.LogWait {
  private static final Duration CANCEL_CHECK = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final StreamDefinition stream;
  private final StreamLog log;
  private final Supplier<Transaction> begin;
  private final BooleanSupplier cancelled;

  StreamWait(
      StreamDefinition stream,
      StreamLog log,
      Supplier<Transaction> begin,
      BooleanSupplier cancelled) {
    this.stream = stream;
    this.log = log;
    this.begin = begin;
    this.cancelled = cancelled;
  }

  /**
   * What was appended between the last look and the watch wakes nobody: the wait is cut into pieces
   * that are short enough for that.
   */
  @Override
  public void await(long behind, Duration wait) {
    Duration piece = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    try (Transaction transaction = begin.get()) {
      CompletableFuture<Void> appended = log.watch(transaction, stream);
      transaction.commit().join();
      pause(appended, piece);
    } catch (CompletionException | FDBException e) {
      throw StoreErrors.translate(e);
    }
  }

  private void pause(CompletableFuture<Void> appended, Duration wait) {
    long left = wait.toNanos();
    try {
      while (left > 0 && !appended.isDone()) {
        if (cancelled.getAsBoolean()) {
          throw new CaissonException(
              SqlState.QUERY_CANCELED, "canceling statement due to user request");
        }
        long slice = Math.min(left, CANCEL_CHECK.toNanos());
        left -= slice;
        await(appended, slice);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while waiting for a stream", e);
    } finally {
      appended.cancel(true);
    }
  }

  private static void await(CompletableFuture<Void> appended, long nanos)
      throws InterruptedException {
    try {
      appended.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException lookAgain) {
      // A watch that was lost is no error: the stream is looked at again.
    }
  }
}

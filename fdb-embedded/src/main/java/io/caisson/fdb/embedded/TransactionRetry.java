package io.caisson.fdb.embedded;

import com.apple.foundationdb.FDBException;
import java.util.concurrent.CompletableFuture;

/**
 * What {@code onError} does: decides whether another try makes sense, waits, and makes the
 * transaction a fresh one. Guarded by its transaction.
 */
final class TransactionRetry {
  private final TransactionState state;
  private final Backoff backoff = new Backoff();
  private final Runnable forget;

  /**
   * Creates the retries of a transaction.
   *
   * @param forget lets the parts of the transaction forget the last try
   */
  TransactionRetry(TransactionState state, Runnable forget) {
    this.state = state;
    this.forget = forget;
  }

  /** Completes when the transaction can be tried again; fails with the reason why it cannot. */
  CompletableFuture<Void> onError(FDBException failure) {
    ErrorCode code = ErrorCode.of(failure.getCode());
    long delay;
    synchronized (state) {
      try {
        state.checkNotEnded();
      } catch (EmbeddedException ended) {
        return CompletableFuture.failedFuture(ended);
      }
      boolean allowed = backoff.tryAgain(state.settings().retryLimit);
      if (!allowed || code == null || !code.isRetryable()) {
        state.end(ErrorCode.TRANSACTION_CANCELLED);
        return CompletableFuture.failedFuture(failure);
      }
      delay = backoff.delayNanos(code, state.settings().maximumDelayMillis);
    }
    if (delay == 0) {
      reset();
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> again = state.outstanding(new CompletableFuture<>());
    Later.after(delay, state.executor(), () -> tryAgain(again));
    return again;
  }

  private void tryAgain(CompletableFuture<Void> again) {
    if (!again.isDone()) { // it may have been cancelled or timed out meanwhile
      state.noLongerOutstanding(again);
      reset();
      again.complete(null);
    }
  }

  private void reset() {
    state.reset();
    forget.run();
  }
}

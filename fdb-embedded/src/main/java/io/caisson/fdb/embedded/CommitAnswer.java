package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.CommitRequest.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What {@code commit} returns. The outcome is worked off once: by a thread that waits in {@link
 * #join}, which the committing thread wakes itself, or else on the transaction's executor; so a
 * waiting thread costs no further one. Thread-safe.
 */
final class CommitAnswer extends CompletableFuture<Void> {
  private final CompletableFuture<Outcome> outcome;
  private final Finish finish;
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile boolean joined;

  /** What is done with an outcome. */
  interface Finish {
    void with(
        @Nullable Outcome outcome, @Nullable Throwable failure, CompletableFuture<Void> answer);
  }

  /**
   * An answer that is still to come.
   *
   * @param outcome is told by the committing thread
   * @param finish what is to be done with it, which completes this answer
   */
  CommitAnswer(CompletableFuture<Outcome> outcome, Finish finish) {
    this.outcome = outcome;
    this.finish = finish;
  }

  /** Begins to wait for the outcome. */
  void start(Executor executor) {
    CompletableFuture<Outcome> unused =
        outcome.whenComplete(
            (done, failure) -> {
              if (!joined) {
                Later.on(executor, this::finish);
              }
            });
    CompletableFuture<Void> unusedToo =
        whenComplete(
            (done, failure) -> {
              if (failure != null) {
                outcome.completeExceptionally(failure); // a time-out: nobody waits any longer
              }
            });
  }

  private void finish() {
    if (finished.compareAndSet(false, true)) {
      CompletableFuture<Outcome> unused =
          outcome.whenComplete((done, failure) -> finish.with(done, failure, this));
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the value of a future of Void
  public Void join() {
    if (!isDone()) {
      joined = true;
      CompletableFuture<Boolean> told = outcome.handle((done, failure) -> true);
      told.join();
      finish();
    }
    return super.join();
  }
}

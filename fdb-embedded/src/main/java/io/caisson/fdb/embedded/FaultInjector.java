package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.fault.FaultKind;
import io.caisson.fdb.embedded.fault.FaultPlan;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Throws the dice of a plan: at every read, commit and watch, in the order of the calls; for the
 * disk of the committing thread with dice of its own, so that the others fall as they would without
 * it. Thread-safe.
 */
final class FaultInjector {
  private final FaultPlan plan;
  private final SplittableRandom random;
  private final SplittableRandom diskRandom;
  private final Map<FaultKind, Long> injected = new EnumMap<>(FaultKind.class);

  /** Continues the counts of an earlier plan. */
  FaultInjector(FaultPlan plan, Map<FaultKind, Long> earlier) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
    this.diskRandom = new SplittableRandom(plan.seed());
    this.injected.putAll(earlier);
  }

  /** How often each kind of fault was injected. */
  synchronized Map<FaultKind, Long> counts() {
    return new EnumMap<>(injected);
  }

  private boolean hits(FaultKind kind) {
    return hits(kind, random);
  }

  private synchronized boolean hits(FaultKind kind, SplittableRandom random) {
    double rate = plan.rate(kind);
    boolean hit = rate > 0 && random.nextDouble() < rate;
    if (hit) {
      injected.merge(kind, 1L, Long::sum);
    }
    return hit;
  }

  private long delayNanos() {
    return delayNanos(random);
  }

  private synchronized long delayNanos(SplittableRandom random) {
    return 1 + random.nextLong(plan.longestDelay().toNanos());
  }

  private void fail(FaultKind kind, ErrorCode code) {
    if (hits(kind)) {
      throw code.exception();
    }
  }

  /** Fails a read that is about to be done. */
  void beforeRead() {
    fail(FaultKind.TRANSACTION_TOO_OLD, ErrorCode.TRANSACTION_TOO_OLD);
    fail(FaultKind.FUTURE_VERSION, ErrorCode.FUTURE_VERSION);
    fail(FaultKind.PROCESS_BEHIND, ErrorCode.PROCESS_BEHIND);
    fail(FaultKind.READ_PROXY_FULL, ErrorCode.GRV_PROXY_MEMORY_LIMIT_EXCEEDED);
    fail(FaultKind.BATCH_THROTTLED, ErrorCode.BATCH_TRANSACTION_THROTTLED);
    fail(FaultKind.TAG_THROTTLED, ErrorCode.TAG_THROTTLED);
  }

  /** Holds back the answer of a read. */
  <T> CompletableFuture<T> delayRead(TransactionState state, CompletableFuture<T> answer) {
    if (!hits(FaultKind.READ_DELAYED)) {
      return answer;
    }
    CompletableFuture<T> late = state.outstanding(new CompletableFuture<>());
    Later.after(
        delayNanos(),
        state.executor(),
        () -> {
          CompletableFuture<T> unused =
              answer.whenComplete(
                  (value, failure) -> {
                    if (failure == null) {
                      late.complete(value);
                    } else {
                      late.completeExceptionally(failure);
                    }
                  });
        });
    return late;
  }

  /**
   * Commits, or only says so.
   *
   * @param idempotent whether the client finds out by itself what became of a commit
   */
  void commit(CommitRequest request, boolean idempotent, Committer committer) {
    ErrorCode refusal = refusal();
    CommitRequest done = request;
    if (refusal == null && !idempotent) {
      if (hits(FaultKind.UNKNOWN_RESULT_LOST)) {
        refusal = ErrorCode.COMMIT_UNKNOWN_RESULT;
      } else if (hits(FaultKind.UNKNOWN_RESULT_COMMITTED)) {
        done = answeredAsUnknown(request);
      }
    }
    ErrorCode answer = refusal;
    CommitRequest submitted = done;
    Runnable commit =
        () -> {
          if (answer == null) {
            committer.submit(submitted);
          } else {
            request.failed(answer.exception());
          }
        };
    if (hits(FaultKind.COMMIT_DELAYED)) {
      Later.after(delayNanos(), request.executor(), () -> submitLate(request, commit));
    } else {
      commit.run();
    }
  }

  /** The database may have been closed during the delay, and nobody is there to be thrown at. */
  private static void submitLate(CommitRequest request, Runnable commit) {
    try {
      commit.run();
    } catch (IllegalStateException closed) {
      request.failed(closed);
    }
  }

  /** Holds back the committing thread, which is about to write a batch. */
  void beforeDisk() {
    if (!hits(FaultKind.DISK_DELAYED, diskRandom)) {
      return;
    }
    long end = System.nanoTime() + delayNanos(diskRandom);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
      boolean unused = Thread.interrupted(); // nobody has a reason to, and parking would end
    }
  }

  private @Nullable ErrorCode refusal() {
    if (hits(FaultKind.NOT_COMMITTED)) {
      return ErrorCode.NOT_COMMITTED;
    }
    if (hits(FaultKind.TRANSACTION_TOO_OLD)) {
      return ErrorCode.TRANSACTION_TOO_OLD;
    }
    return hits(FaultKind.COMMIT_PROXY_FULL) ? ErrorCode.COMMIT_PROXY_MEMORY_LIMIT_EXCEEDED : null;
  }

  private static CommitRequest answeredAsUnknown(CommitRequest request) {
    CompletableFuture<CommitRequest.Outcome> hidden = new CompletableFuture<>();
    CompletableFuture<Boolean> unused =
        hidden.handle(
            (outcome, failure) ->
                request
                    .outcome()
                    .completeExceptionally(
                        failure == null ? ErrorCode.COMMIT_UNKNOWN_RESULT.exception() : failure));
    return new CommitRequest(
        request.writes(),
        request.readRanges(),
        request.writeRanges(),
        request.readVersion(),
        request.bytes(),
        request.reportsConflict(),
        request.executor(),
        hidden);
  }

  /** Fires a watch for nothing. */
  void watch(CompletableFuture<Void> future, Executor executor) {
    if (hits(FaultKind.WATCH_FIRED)) {
      Later.after(delayNanos(), executor, () -> future.complete(null));
    }
  }
}

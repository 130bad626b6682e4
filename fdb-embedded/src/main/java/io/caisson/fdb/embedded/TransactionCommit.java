package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.KeyRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The commit of a transaction and what becomes known by it: version, versionstamp, and the keys of
 * a conflict. Thread-safe: guarded by its transaction.
 */
final class TransactionCommit {
  private static final long NO_VERSION = -1;

  private final TransactionState state;
  private final TransactionWatches watches;
  private final SpecialWrites specialWrites;
  private List<CompletableFuture<byte[]>> versionstamps = new ArrayList<>();
  private long committedVersion = NO_VERSION;
  private byte @Nullable [] stamp;
  private @Nullable KeyRanges conflicting;

  TransactionCommit(
      TransactionState state, TransactionWatches watches, SpecialWrites specialWrites) {
    this.state = state;
    this.watches = watches;
    this.specialWrites = specialWrites;
  }

  CompletableFuture<Void> commit() {
    CommitRequest request;
    try {
      synchronized (state) {
        state.beginCommit();
        specialWrites.check();
        if (state.writes().isEmpty()) {
          request = null;
        } else {
          request = request();
        }
      }
    } catch (EmbeddedException refused) {
      if (refused.errorCode() != ErrorCode.USED_DURING_COMMIT) {
        failed(refused);
      }
      return CompletableFuture.failedFuture(refused);
    }
    if (request == null) {
      committed(null);
      return CompletableFuture.completedFuture(null);
    }
    CommitAnswer answer = new CommitAnswer(request.outcome(), this::finish);
    CompletableFuture<Void> unused = state.outstanding(answer);
    answer.start(state.executor());
    FaultInjector faults = state.database().faultInjector();
    if (faults == null) {
      state.database().committer().submit(request);
    } else {
      faults.commit(request, state.settings().idempotent, state.database().committer());
    }
    return answer;
  }

  private CommitRequest request() {
    TransactionSettings settings = state.settings();
    TransactionWrites writes = state.writes();
    if (settings.readOnly) {
      throw ErrorCode.TRANSACTION_READ_ONLY.exception();
    }
    if (writes.exceeds(settings.sizeLimit, state.readConflicts())) {
      throw ErrorCode.TRANSACTION_TOO_LARGE.exception(
          "it may take " + settings.sizeLimit + " bytes");
    }
    byte[][] read = state.readConflicts().ranges().toArray();
    long version = read.length == 0 ? NO_VERSION : state.version();
    return new CommitRequest(
        writes.overlay(),
        read,
        writes.conflicts(),
        version,
        writes.size(),
        settings.reportConflictingKeys,
        state.executor(),
        new CompletableFuture<>());
  }

  private void finish(
      CommitRequest.@Nullable Outcome outcome,
      @Nullable Throwable failure,
      CompletableFuture<Void> answer) {
    if (failure == null) {
      try {
        committed(outcome);
      } finally {
        answer.complete(null);
      }
      return;
    }
    EmbeddedException reason =
        failure instanceof EmbeddedException known
            ? known
            : ErrorCode.INTERNAL_ERROR.exception(failure.toString());
    if (reason.errorCode() == ErrorCode.NOT_COMMITTED) {
      synchronized (state) {
        conflicting = reason instanceof ConflictException known ? known.conflicting() : null;
      }
    }
    failed(reason);
    answer.completeExceptionally(reason);
  }

  private void committed(CommitRequest.@Nullable Outcome outcome) {
    List<CompletableFuture<byte[]>> waiting;
    synchronized (state) {
      committedVersion = outcome == null ? NO_VERSION : outcome.version();
      stamp = outcome == null ? null : outcome.versionstamp();
      waiting = takeVersionstamps();
    }
    for (CompletableFuture<byte[]> future : waiting) {
      if (outcome == null) {
        future.completeExceptionally(ErrorCode.NO_COMMIT_VERSION.exception());
      } else {
        future.complete(outcome.versionstamp().clone());
      }
    }
    watches.committed();
  }

  private void failed(EmbeddedException reason) {
    List<CompletableFuture<byte[]>> waiting;
    synchronized (state) {
      waiting = takeVersionstamps();
    }
    waiting.forEach(
        future -> future.completeExceptionally(ErrorCode.TRANSACTION_INVALID_VERSION.exception()));
    watches.failed(reason);
  }

  private List<CompletableFuture<byte[]>> takeVersionstamps() {
    List<CompletableFuture<byte[]>> waiting = versionstamps;
    versionstamps = new ArrayList<>();
    return waiting;
  }

  /** The version of the last commit, or a negative number. */
  long committedVersion() {
    synchronized (state) {
      return committedVersion;
    }
  }

  /** The versionstamp that the commit will have. */
  CompletableFuture<byte[]> versionstamp() {
    try {
      synchronized (state) {
        state.checkReadable();
        CompletableFuture<byte[]> future = state.outstanding(new CompletableFuture<>());
        versionstamps.add(future);
        return future;
      }
    } catch (EmbeddedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** The versionstamp that the commit had; the monitor is held. */
  byte @Nullable [] stamp() {
    return stamp;
  }

  /** Which keys made the last commit fail, if that was to be reported; the monitor is held. */
  @Nullable KeyRanges conflicting() {
    return conflicting;
  }

  /** Forgets an earlier try, but for its version and its conflict. */
  void reset() {
    synchronized (state) {
      versionstamps = new ArrayList<>();
      stamp = null;
    }
  }
}

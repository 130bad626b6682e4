package io.caisson.model.transaction;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Clock;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions until they have happened exactly once. What the store calls retryable is tried
 * again; when it cannot say whether a commit happened, a {@link CommitMarker} can. All errors leave
 * as {@link StoreErrors} translates them. Thread-safe; one a process and database is enough.
 *
 * <p>The function may be run several times: it must have no effect but in the transaction.
 */
public final class TransactionRunner implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 100;
  private static final long HOUR_MICROS = 3_600_000_000L;

  /** Markers of runners that ended without closing are cleared after this time. */
  private static final long FORGOTTEN_AFTER_MICROS = 24 * HOUR_MICROS;

  private final Database database;
  private final Subspace markers;
  private final Executor executor;
  private final Clock clock;
  private final long runnerId = new SecureRandom().nextLong();
  private final AtomicLong slots = new AtomicLong();
  private final Deque<CommitMarker> idle = new ConcurrentLinkedDeque<>();

  /**
   * A runner.
   *
   * @param database the store
   * @param markers where its markers may lie; runners may share it
   * @param executor completes the transactions' futures; not a pool that their callers block
   * @param clock says how old markers are
   */
  public TransactionRunner(Database database, Subspace markers, Executor executor, Clock clock) {
    this.database = database;
    this.markers = markers;
    this.executor = executor;
    this.clock = clock;
  }

  /** Runs a transaction and returns what it returned, once it is committed. */
  public <T extends @Nullable Object> T run(Function<? super Transaction, T> body) {
    return commit(body).value();
  }

  /** Runs a transaction that only reads, which needs no marker; it too is tried again. */
  public <T extends @Nullable Object> T read(Function<? super ReadTransaction, T> body) {
    Transaction transaction = database.createTransaction(executor);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return body.apply(transaction);
        } catch (CompletionException | FDBException | CaissonException e) {
          transaction = afterError(transaction, e, attempt);
        }
      }
    } finally {
      transaction.close();
    }
  }

  /** Runs a transaction and says, once it is committed, at which version. */
  public <T extends @Nullable Object> Committed<T> commit(Function<? super Transaction, T> body) {
    CommitMarker marker = borrow();
    Transaction transaction = database.createTransaction(executor);
    Outcome<T> unknown = null;
    try {
      for (int attempt = 1; ; attempt++) {
        Outcome<T> committing = null;
        try {
          if (unknown != null) {
            OptionalLong version = marker.committedVersion(transaction);
            if (version.isPresent()) {
              return new Committed<>(unknown.value(), version.getAsLong());
            }
          }
          var outcome = new Outcome<>(body.apply(transaction));
          marker.mark(transaction);
          committing = outcome;
          transaction.commit().join();
          return new Committed<>(outcome.value(), transaction.getCommittedVersion());
        } catch (CompletionException | FDBException | CaissonException e) {
          if (committing != null && maybeCommitted(e)) {
            unknown = committing;
          }
          transaction = afterError(transaction, e, attempt);
        }
      }
    } finally {
      transaction.close();
      idle.push(marker);
    }
  }

  /** Begins a transaction whose statements come one by one. */
  public OpenTransaction begin() {
    return new OpenTransaction(this, database.createTransaction(executor), borrow());
  }

  /** Commits a transaction once; see {@link OpenTransaction#commit}. */
  void commit(Transaction transaction, CommitMarker marker) {
    try {
      marker.mark(transaction);
      transaction.commit().join();
    } catch (CompletionException | FDBException e) {
      if (!maybeCommitted(e)) {
        throw StoreErrors.translate(e);
      }
      if (!committedForGood(marker)) {
        throw new CaissonException(
                SqlState.SERIALIZATION_FAILURE, "The store did not take the transaction", e)
            .withHint("Run the transaction again.");
      }
    }
  }

  /** Takes a marker back. */
  void giveBack(CommitMarker marker) {
    idle.push(marker);
  }

  /**
   * Whether a marked transaction has committed. Where it has not it never will: the marker, which
   * it has read, is written once more.
   */
  private boolean committedForGood(CommitMarker marker) {
    Transaction transaction = database.createTransaction(executor);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          if (marker.committedVersion(transaction).isPresent()) {
            return true;
          }
          marker.erase(transaction);
          transaction.commit().join();
          return false;
        } catch (CompletionException | FDBException e) {
          transaction = afterError(transaction, e, attempt);
        }
      }
    } finally {
      transaction.close();
    }
  }

  /** What the body returned in an attempt, null included. */
  private record Outcome<T extends @Nullable Object>(T value) {}

  private static boolean maybeCommitted(RuntimeException e) {
    return StoreErrors.unwrap(e) instanceof FDBException store && store.isMaybeCommitted();
  }

  private static Transaction afterError(Transaction transaction, RuntimeException e, int attempt) {
    Throwable cause = StoreErrors.unwrap(e);
    if (!(cause instanceof FDBException) || attempt >= MOST_ATTEMPTS) {
      throw StoreErrors.translate(cause);
    }
    try {
      return transaction.onError(cause).join();
    } catch (CompletionException | FDBException refused) {
      throw StoreErrors.translate(refused);
    }
  }

  private CommitMarker borrow() {
    CommitMarker marker = idle.poll();
    if (marker == null || clock.wallMicros() - marker.bornMicros() > HOUR_MICROS) {
      // An old marker is left to lie: clearing the forgotten will find it.
      marker = newMarker();
    }
    marker.beginUse();
    return marker;
  }

  private CommitMarker newMarker() {
    return new CommitMarker(markers, clock.wallMicros(), runnerId, slots.incrementAndGet());
  }

  /** Clears the runner's own markers, and those that others left behind long ago. */
  @Override
  public void close() {
    List<CommitMarker> own = new ArrayList<>();
    for (CommitMarker marker = idle.poll(); marker != null; marker = idle.poll()) {
      own.add(marker);
    }
    byte[] forgotten = markers.pack(clock.wallMicros() - FORGOTTEN_AFTER_MICROS);
    Transaction transaction = database.createTransaction(executor);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          transaction.clear(markers.range().begin, forgotten);
          for (CommitMarker marker : own) {
            transaction.clear(marker.key());
          }
          transaction.commit().join();
          return;
        } catch (CompletionException | FDBException e) {
          transaction = afterError(transaction, e, attempt);
        }
      }
    } finally {
      transaction.close();
    }
  }
}

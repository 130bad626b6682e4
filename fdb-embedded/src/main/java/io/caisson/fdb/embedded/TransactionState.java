package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.ReadRanges;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction knows, from its creation over all its tries: options, writes, read conflicts,
 * read version, and whether it has come to an end.
 *
 * <pre>
 *              commit                  onError
 *   open ────────────────▶ committing ─────────▶ open (all forgotten but what persists)
 *     └── cancel, timeout, close ──▶ ended: every outstanding future fails
 * </pre>
 *
 * <p>Errors of writes are deferred: the first is kept, reported by every read and by the commit,
 * and further writes are ignored, as the native client does. Thread-safe: guarded by its monitor,
 * which the parts of the transaction share; the store is read outside of it.
 */
final class TransactionState {
  private final EmbeddedDatabase database;
  private final Executor executor;
  private final long created = System.nanoTime();
  private final Map<Integer, byte @Nullable []> persistentOptions = new LinkedHashMap<>();
  private final Set<CompletableFuture<?>> outstanding =
      Collections.newSetFromMap(new IdentityHashMap<>(2));

  private TransactionSettings settings;
  private TransactionWrites writes;
  private ReadRanges readConflicts = new ReadRanges();
  private boolean hasRead;
  private boolean committing;
  private @Nullable EmbeddedException deferred;
  private @Nullable EmbeddedException failedRead;
  private @Nullable EmbeddedException ended;
  private Later.@Nullable Alarm timeout;
  private volatile long readVersion = -1;

  TransactionState(EmbeddedDatabase database, Executor executor) {
    this.database = database;
    this.executor = executor;
    this.settings = database.settings().newTransaction();
    this.writes = new TransactionWrites(settings);
    watchTheTime();
  }

  EmbeddedDatabase database() {
    return database;
  }

  Executor executor() {
    return executor;
  }

  // ---- guarded by the monitor

  TransactionSettings settings() {
    return settings;
  }

  TransactionWrites writes() {
    return writes;
  }

  ReadRanges readConflicts() {
    return readConflicts;
  }

  /** Notes that something was read, after which reading own writes cannot be given up. */
  void noteRead() {
    hasRead = true;
  }

  /** Refuses what cannot be done after a failed write, during a commit or after the end. */
  synchronized void checkReadable() {
    checkDeferred();
    checkNotCommitting();
    checkNotEnded();
  }

  synchronized void checkDeferred() {
    if (deferred != null) {
      throw deferred;
    }
  }

  synchronized void checkNotCommitting() {
    if (committing) {
      throw ErrorCode.USED_DURING_COMMIT.exception();
    }
  }

  synchronized void checkNotEnded() {
    if (ended != null) {
      throw ended;
    }
  }

  /** From now on nothing but the outcome of the commit and {@code onError} is of interest. */
  synchronized void beginCommit() {
    checkReadable();
    committing = true;
    if (failedRead != null) {
      throw failedRead;
    }
  }

  /** A read that failed in the store; the commit will fail the same way. */
  synchronized void noteFailedRead(EmbeddedException failure) {
    boolean inTheStore =
        failure.isRetryable()
            || failure.errorCode() == ErrorCode.ACCESSED_UNREADABLE
            || failure.errorCode() == ErrorCode.IO_ERROR;
    if (inTheStore && failedRead == null && failure != deferred && failure != ended) {
      failedRead = failure;
    }
  }

  /** Runs a write or sets something; what is wrong with it is kept for the next read or commit. */
  synchronized void perform(Runnable write) {
    if (deferred != null) {
      return;
    }
    try {
      write.run();
    } catch (EmbeddedException refused) {
      deferred = refused;
    }
  }

  // ---- options

  /** Sets an option; an unknown one is refused at once, a bad value as a bad write is. */
  synchronized void setOption(int code, byte @Nullable [] parameter) {
    if (!TransactionSettings.isKnown(code)) {
      throw ErrorCode.INVALID_OPTION.exception();
    }
    perform(
        () -> {
          if (code == TransactionSettings.READ_YOUR_WRITES_DISABLE) {
            if (hasRead || !writes.isEmpty()) {
              throw ErrorCode.CLIENT_INVALID_OPERATION.exception();
            }
            writes.overlay().keepOrder();
          }
          settings.set(code, parameter);
          if (TransactionSettings.isPersistent(code)) {
            persistentOptions.put(code, parameter);
          }
          if (code == TransactionSettings.TIMEOUT) {
            watchTheTime();
          }
        });
  }

  /** Ends the transaction at its time, which counts from its creation over all tries. */
  private synchronized void watchTheTime() {
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
    if (settings.timeoutMillis == 0 || ended != null) {
      return;
    }
    long left =
        TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis) - (System.nanoTime() - created);
    if (left <= 0) {
      end(ErrorCode.TRANSACTION_TIMED_OUT);
      return;
    }
    WeakReference<TransactionState> self =
        new WeakReference<>(this); // it may be forgotten unclosed
    timeout =
        Later.after(
            left,
            Runnable::run,
            () -> {
              TransactionState late = self.get();
              if (late != null) {
                late.end(ErrorCode.TRANSACTION_TIMED_OUT);
              }
            });
  }

  // ---- the read version

  /** The version that the transaction reads at, or a negative number. */
  long knownVersion() {
    return readVersion;
  }

  /** The version that the transaction reads at. */
  long version() {
    long version = readVersion;
    if (version >= 0) {
      return version;
    }
    synchronized (this) {
      if (readVersion < 0) {
        readVersion = database.clock().readVersion();
      }
      return readVersion;
    }
  }

  synchronized void setReadVersion(long version) {
    perform(
        () -> {
          if (readVersion >= 0) {
            throw ErrorCode.READ_VERSION_ALREADY_SET.exception();
          }
          if (version <= 0) {
            throw ErrorCode.VERSION_INVALID.exception();
          }
          readVersion = version;
        });
  }

  // ---- the end

  /** A future that fails when the transaction ends before it is complete. */
  <T extends @Nullable Object> CompletableFuture<T> outstanding(CompletableFuture<T> future) {
    synchronized (this) {
      if (ended != null) {
        future.completeExceptionally(ended);
        return future;
      }
      outstanding.add(future);
    }
    CompletableFuture<T> unused =
        future.whenComplete((value, failure) -> noLongerOutstanding(future));
    return future;
  }

  /** Lets a future outlive the transaction. */
  @SuppressWarnings("CollectionUndefinedEquality") // it is a set of identities
  synchronized void noLongerOutstanding(CompletableFuture<?> future) {
    outstanding.remove(future);
  }

  /** Ends the transaction, unless it has ended already, and fails what is outstanding. */
  void end(ErrorCode code) {
    EmbeddedException reason;
    synchronized (this) {
      if (ended == null) {
        ended = code.exception();
      }
      reason = ended;
    }
    failOutstanding(reason);
  }

  private void failOutstanding(EmbeddedException reason) {
    List<CompletableFuture<?>> abandoned;
    synchronized (this) {
      if (timeout != null) {
        timeout.cancel();
        timeout = null;
      }
      abandoned = new ArrayList<>(outstanding);
      outstanding.clear();
    }
    for (CompletableFuture<?> future : abandoned) {
      Later.on(executor, () -> future.completeExceptionally(reason));
    }
  }

  /** Makes it a fresh transaction with the options that persist. */
  void reset() {
    failOutstanding(ErrorCode.TRANSACTION_CANCELLED.exception());
    synchronized (this) {
      settings = database.settings().newTransaction();
      persistentOptions.forEach(settings::set);
      writes = new TransactionWrites(settings);
      readConflicts = new ReadRanges();
      hasRead = false;
      committing = false;
      deferred = null;
      failedRead = null;
      ended = null;
      readVersion = -1;
      watchTheTime();
    }
  }
}

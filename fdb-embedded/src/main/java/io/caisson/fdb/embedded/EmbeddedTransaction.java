package io.caisson.fdb.embedded;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.TransactionOptions;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncUtil;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.Rows;
import io.caisson.fdb.embedded.write.PendingWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: an overlay of its writes, the ranges that it has read, and a read version.
 * Errors of writes are kept and reported by the next read or by the commit, as the native client
 * does.
 *
 * <p>Thread-safe: what it remembers is guarded by its monitor; the store is read outside of it.
 */
final class EmbeddedTransaction extends ReadSurface implements Transaction {
  private enum Phase {
    OPEN,
    COMMITTING,
    COMMITTED,
    CANCELLED,
    CLOSED
  }

  private final EmbeddedDatabase database;
  private final Executor executor;
  private final TransactionSettings settings;
  private final TransactionOptions options;
  private final SnapshotReads snapshot = new SnapshotReads(this);
  private final Backoff backoff = new Backoff();
  private final long started = System.nanoTime();

  private Phase phase = Phase.OPEN;
  private TransactionWrites writes;
  private KeyRanges readConflicts = new KeyRanges();
  private List<PendingWatch> watches = new ArrayList<>();
  private @Nullable CompletableFuture<byte[]> versionstamp;
  private @Nullable EmbeddedException deferred;
  private volatile long readVersion = -1;
  private long committedVersion = -1;

  EmbeddedTransaction(EmbeddedDatabase database, Executor executor, TransactionSettings settings) {
    this.database = database;
    this.executor = executor;
    this.settings = settings;
    this.writes = new TransactionWrites(settings);
    this.options = new TransactionOptions(this::setOption);
  }

  private synchronized void setOption(int code, byte @Nullable [] parameter) {
    settings.set(code, parameter);
  }

  // ---- state
  // --------------------------------------------------------------------------------------------------

  private synchronized void checkUsable() {
    switch (phase) {
      case COMMITTING, COMMITTED -> throw ErrorCode.USED_DURING_COMMIT.exception();
      case CANCELLED -> throw ErrorCode.TRANSACTION_CANCELLED.exception();
      case CLOSED -> throw new IllegalStateException("Cannot access closed object");
      case OPEN -> {}
    }
    if (deferred != null) {
      throw deferred;
    }
    checkTime();
  }

  private void checkTime() {
    if (settings.timeoutMillis > 0
        && System.nanoTime() - started > TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis)) {
      throw ErrorCode.TRANSACTION_TIMED_OUT.exception();
    }
  }

  /** Runs a write; what is wrong with it is kept for the next read or the commit. */
  private synchronized void write(Runnable write) {
    if (phase == Phase.CLOSED) {
      throw new IllegalStateException("Cannot access closed object");
    }
    if (deferred != null) {
      return;
    }
    try {
      checkUsable();
      write.run();
    } catch (EmbeddedException refused) {
      deferred = refused;
    }
  }

  private <T> CompletableFuture<T> reading(Supplier<T> read) {
    try {
      checkUsable();
      return CompletableFuture.completedFuture(read.get());
    } catch (EmbeddedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private long version() {
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

  private boolean seesOwnWrites(boolean isSnapshot) {
    return settings.readYourWrites && (!isSnapshot || settings.snapshotReadYourWrites > 0);
  }

  // ---- reads
  // --------------------------------------------------------------------------------------------------

  @Override
  public boolean isSnapshot() {
    return false;
  }

  @Override
  public ReadTransaction snapshot() {
    return snapshot;
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    return reading(this::version);
  }

  @Override
  public synchronized void setReadVersion(long version) {
    write(
        () -> {
          if (version <= 0) {
            throw ErrorCode.VERSION_INVALID.exception();
          }
          if (readVersion >= 0) {
            throw ErrorCode.READ_VERSION_ALREADY_SET.exception();
          }
          readVersion = version;
        });
  }

  @Override
  public CompletableFuture<byte[]> get(byte[] key) {
    return get(key, false);
  }

  @SuppressWarnings("NullAway") // an absent key is a future of null, as the API says
  CompletableFuture<byte[]> get(byte[] key, boolean isSnapshot) {
    return reading(() -> read(key, isSnapshot));
  }

  private byte @Nullable [] read(byte[] key, boolean isSnapshot) {
    KeyLimits.checkRead(key, settings);
    if (KeyLimits.isTooLong(key)) {
      return null;
    }
    PendingWrite write = null;
    synchronized (this) {
      if (seesOwnWrites(isSnapshot)) {
        checkReadable(key, KeyRanges.after(key));
        write = writes.overlay().find(key);
        if (write != null && write.isKnown()) {
          return write.resolve(null);
        }
      }
      if (!isSnapshot) {
        readConflicts.addKey(key);
      }
    }
    byte[] stored = database.reads().get(key, version());
    return write == null ? stored : write.resolve(stored);
  }

  private void checkReadable(byte[] begin, byte[] end) {
    if (!settings.bypassUnreadable && writes.overlay().isUnreadable(begin, end)) {
      throw ErrorCode.ACCESSED_UNREADABLE.exception();
    }
  }

  @Override
  public CompletableFuture<byte[]> getKey(KeySelector selector) {
    return getKey(selector, false);
  }

  CompletableFuture<byte[]> getKey(KeySelector selector, boolean isSnapshot) {
    return reading(() -> SelectorResolution.resolve(this, selector, isSnapshot));
  }

  /** The bound of a range read that a selector stands for. */
  byte[] resolveBound(KeySelector selector, boolean isSnapshot) {
    byte[] key = selector.getKey();
    KeyLimits.checkReadBound(key, settings);
    if (selector.getOffset() == 1) {
      return selector.orEqual() ? KeyRanges.after(key) : key;
    }
    return SelectorResolution.resolve(this, selector, isSnapshot);
  }

  byte[] readEnd() {
    return KeyLimits.readEnd(settings);
  }

  void checkBound(byte[] key) {
    KeyLimits.checkReadBound(key, settings);
  }

  /**
   * Reads a page with this transaction's writes laid over it; empty only if the scan is at its end.
   */
  StoreReads.Page page(StoreReads.Scan scan, boolean isSnapshot) {
    checkUsable();
    StoreReads.Page page = new StoreReads.Page(new Rows(0), scan.begin(), scan.end(), false);
    byte[] from = scan.begin();
    byte[] to = scan.end();
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return page;
    }
    long version = version();
    do {
      StoreReads.Scan rest =
          new StoreReads.Scan(
              from, to, scan.reverse(), scan.maximumRows(), scan.maximumBytes(), scan.values());
      page = overlaid(database.reads().scan(rest, version), scan.reverse(), isSnapshot);
      if (scan.reverse()) {
        to = page.begin();
      } else {
        from = page.end();
      }
    } while (page.rows().size() == 0 && page.more());
    page = limited(page, scan);
    if (!isSnapshot) {
      synchronized (this) {
        byte[] begin = scan.reverse() ? page.begin() : scan.begin();
        byte[] end = scan.reverse() ? scan.end() : page.end();
        if (settings.readYourWrites) {
          writes.overlay().addStoredPart(begin, end, readConflicts);
        } else {
          readConflicts.add(begin, end);
        }
      }
    }
    return page;
  }

  private synchronized StoreReads.Page overlaid(
      StoreReads.Page page, boolean reverse, boolean isSnapshot) {
    if (writes.overlay().isEmpty() || !seesOwnWrites(isSnapshot)) {
      return page;
    }
    checkReadable(page.begin(), page.end());
    Rows rows = writes.overlay().amend(page.rows(), page.begin(), page.end(), reverse);
    return new StoreReads.Page(rows, page.begin(), page.end(), page.more());
  }

  private static StoreReads.Page limited(StoreReads.Page page, StoreReads.Scan scan) {
    if (page.rows().size() <= scan.maximumRows()) {
      return page;
    }
    Rows rows = page.rows().first(scan.maximumRows());
    byte[] last = rows.key(rows.size() - 1);
    return scan.reverse()
        ? new StoreReads.Page(rows, last, page.end(), true)
        : new StoreReads.Page(rows, page.begin(), KeyRanges.after(last), true);
  }

  @Override
  public AsyncIterable<KeyValue> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse, StreamingMode mode) {
    return new RangeRead(this, false, begin, end, limit, reverse, mode);
  }

  @Override
  public CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
    return reading(
        () -> {
          if (Arrays.compareUnsigned(begin, end) > 0) {
            throw ErrorCode.INVERTED_RANGE.exception();
          }
          return database.reads().bytesIn(begin, end);
        });
  }

  @Override
  public CompletableFuture<KeyArrayResult> getRangeSplitPoints(
      byte[] begin, byte[] end, long chunkSize) {
    return reading(
        () -> {
          if (Arrays.compareUnsigned(begin, end) > 0) {
            throw ErrorCode.INVERTED_RANGE.exception();
          }
          if (chunkSize <= 0) {
            throw ErrorCode.CLIENT_INVALID_OPERATION.exception("chunk size " + chunkSize);
          }
          return SplitPoints.find(this, begin, end, chunkSize);
        });
  }

  @Override
  public boolean addReadConflictRangeIfNotSnapshot(byte[] begin, byte[] end) {
    addReadConflictRange(begin, end);
    return true;
  }

  @Override
  public boolean addReadConflictKeyIfNotSnapshot(byte[] key) {
    addReadConflictKey(key);
    return true;
  }

  // ---- writes
  // -------------------------------------------------------------------------------------------------

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    write(
        () -> {
          KeyLimits.checkReadBound(begin, settings);
          KeyLimits.checkReadBound(end, settings);
          if (Arrays.compareUnsigned(begin, end) > 0) {
            throw ErrorCode.INVERTED_RANGE.exception();
          }
          readConflicts.add(begin.clone(), end.clone());
          writes.account(begin.length + end.length);
        });
  }

  @Override
  public void addReadConflictKey(byte[] key) {
    addReadConflictRange(key, KeyRanges.after(key));
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    write(() -> writes.addConflict(begin, end));
  }

  @Override
  public void addWriteConflictKey(byte[] key) {
    addWriteConflictRange(key, KeyRanges.after(key));
  }

  @Override
  public void set(byte[] key, byte[] value) {
    write(() -> writes.set(key, value));
  }

  @Override
  public void clear(byte[] key) {
    write(() -> writes.clear(key));
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    write(() -> writes.clear(begin, end));
  }

  @Override
  public void clear(Range range) {
    clear(range.begin, range.end);
  }

  @Override
  @Deprecated
  public void clearRangeStartsWith(byte[] prefix) {
    clear(prefix, ByteArrayUtil.strinc(prefix));
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    write(() -> writes.mutate(type, key, operand, Math.max(readVersion, 0)));
  }

  // ---- the end
  // ------------------------------------------------------------------------------------------------

  @Override
  public CompletableFuture<Void> commit() {
    CommitRequest request;
    try {
      synchronized (this) {
        checkUsable();
        if (writes.isEmpty()) {
          committed(null);
          return CompletableFuture.completedFuture(null);
        }
        if (writes.size() > settings.sizeLimit) {
          throw ErrorCode.TRANSACTION_TOO_LARGE.exception(writes.size() + " bytes");
        }
        byte[][] read = readConflicts.toArray();
        long version = read.length == 0 ? -1 : version();
        request =
            new CommitRequest(
                writes.overlay(),
                read,
                writes.conflicts(),
                version,
                writes.size(),
                executor,
                new CompletableFuture<>());
        phase = Phase.COMMITTING;
      }
    } catch (EmbeddedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    CompletableFuture<Void> done = request.outcome().handle(this::committed);
    database.committer().submit(request);
    return done;
  }

  private @Nullable Void committed(
      CommitRequest.@Nullable Outcome outcome, @Nullable Throwable failure) {
    if (failure == null) {
      committed(outcome);
      return null;
    }
    synchronized (this) {
      if (phase == Phase.COMMITTING) {
        phase = Phase.OPEN;
        deferred =
            failure instanceof EmbeddedException known
                ? known
                : ErrorCode.INTERNAL_ERROR.exception();
      }
    }
    endVersionstamp(failure);
    throw failure instanceof RuntimeException known ? known : new CompletionException(failure);
  }

  private void committed(CommitRequest.@Nullable Outcome outcome) {
    List<PendingWatch> active;
    CompletableFuture<byte[]> stamp;
    synchronized (this) {
      if (phase != Phase.CLOSED) {
        phase = Phase.COMMITTED;
      }
      committedVersion = outcome == null ? -1 : outcome.version();
      active = watches;
      watches = new ArrayList<>();
      stamp = versionstamp;
    }
    if (stamp != null) {
      if (outcome == null) {
        stamp.completeExceptionally(ErrorCode.NO_COMMIT_VERSION.exception());
      } else {
        stamp.complete(outcome.versionstamp());
      }
    }
    for (PendingWatch watch : active) {
      database.watches().add(watch.key(), watch.seen(), executor, watch.future());
    }
  }

  private void endVersionstamp(Throwable failure) {
    CompletableFuture<byte[]> stamp;
    synchronized (this) {
      stamp = versionstamp;
    }
    if (stamp != null) {
      stamp.completeExceptionally(failure);
    }
  }

  @Override
  public synchronized Long getCommittedVersion() {
    if (phase != Phase.COMMITTED) {
      return -1L;
    }
    return committedVersion;
  }

  @Override
  public synchronized CompletableFuture<byte[]> getVersionstamp() {
    if (phase != Phase.OPEN) {
      return CompletableFuture.failedFuture(ErrorCode.USED_DURING_COMMIT.exception());
    }
    if (versionstamp == null) {
      versionstamp = new CompletableFuture<>();
    }
    return versionstamp;
  }

  @Override
  public synchronized CompletableFuture<Long> getApproximateSize() {
    return reading(() -> writes.size());
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    try {
      checkUsable();
      if (!settings.readYourWrites) {
        throw ErrorCode.WATCHES_DISABLED.exception();
      }
      PendingWatch watch =
          new PendingWatch(key.clone(), read(key, true), new CompletableFuture<>());
      synchronized (this) {
        watches.add(watch);
      }
      return watch.future();
    } catch (EmbeddedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  @Override
  public CompletableFuture<Transaction> onError(Throwable error) {
    Throwable cause =
        (error instanceof CompletionException || error instanceof ExecutionException)
                && error.getCause() != null
            ? error.getCause()
            : error;
    ErrorCode code = cause instanceof FDBException known ? ErrorCode.of(known.getCode()) : null;
    if (code == null || !code.isRetryable()) {
      endVersionstamp(cause);
      cancelWatches();
      return CompletableFuture.failedFuture(cause);
    }
    long delay;
    synchronized (this) {
      if (phase == Phase.CANCELLED) {
        return CompletableFuture.failedFuture(ErrorCode.TRANSACTION_CANCELLED.exception());
      }
      try {
        checkTime();
      } catch (EmbeddedException late) {
        return CompletableFuture.failedFuture(late);
      }
      if (!backoff.tryAgain(settings.retryLimit)) {
        return CompletableFuture.failedFuture(cause);
      }
      delay = backoff.delayMillis(code, settings.maximumDelayMillis);
    }
    cancelWatches();
    reset();
    if (delay == 0) {
      return CompletableFuture.completedFuture(this);
    }
    return CompletableFuture.supplyAsync(
        () -> this, CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, executor));
  }

  private synchronized void reset() {
    phase = Phase.OPEN;
    writes = new TransactionWrites(settings);
    readConflicts = new KeyRanges();
    versionstamp = null;
    deferred = null;
    readVersion = -1;
    committedVersion = -1;
    settings.reset();
  }

  private void cancelWatches() {
    List<PendingWatch> pending;
    synchronized (this) {
      pending = watches;
      watches = new ArrayList<>();
    }
    pending.forEach(
        watch -> watch.future().completeExceptionally(ErrorCode.TRANSACTION_CANCELLED.exception()));
  }

  @Override
  public void cancel() {
    synchronized (this) {
      if (phase == Phase.OPEN || phase == Phase.COMMITTING) {
        phase = Phase.CANCELLED;
      }
    }
    cancelWatches();
    endVersionstamp(ErrorCode.TRANSACTION_CANCELLED.exception());
  }

  @Override
  public void close() {
    boolean unfinished;
    synchronized (this) {
      unfinished = phase != Phase.COMMITTING && phase != Phase.COMMITTED;
      phase = Phase.CLOSED;
    }
    if (unfinished) {
      cancelWatches();
      endVersionstamp(ErrorCode.TRANSACTION_CANCELLED.exception());
    }
  }

  // ---- context
  // ------------------------------------------------------------------------------------------------

  @Override
  public TransactionOptions options() {
    return options;
  }

  @Override
  public Database getDatabase() {
    return database;
  }

  @Override
  public Executor getExecutor() {
    return executor;
  }

  @Override
  public <T> T run(Function<? super Transaction, T> retryable) {
    return retryable.apply(this);
  }

  @Override
  public <T> CompletableFuture<T> runAsync(
      Function<? super Transaction, ? extends CompletableFuture<T>> retryable) {
    return AsyncUtil.applySafely(retryable, this);
  }

  @Override
  public <T> T read(Function<? super ReadTransaction, T> retryable) {
    return retryable.apply(this);
  }

  @Override
  public <T> CompletableFuture<T> readAsync(
      Function<? super ReadTransaction, ? extends CompletableFuture<T>> retryable) {
    return AsyncUtil.applySafely(retryable, this);
  }
}

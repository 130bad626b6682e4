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
import io.caisson.fdb.embedded.RangeRequest.Answer;
import io.caisson.fdb.embedded.history.KeyRanges;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program's hold on a transaction, from its creation or the last {@code onError} to the next
 * {@code onError} or {@code close}, after which every call fails with {@link
 * IllegalStateException}. What the transaction does lies in its parts.
 *
 * <p>Thread-safe.
 */
final class EmbeddedTransaction extends ReadSurface implements Transaction {
  private final TransactionParts parts;
  private final TransactionOptions options = new TransactionOptions(this::setOption);
  private final SnapshotReads snapshot = new SnapshotReads(this);
  private volatile boolean closed;
  private volatile boolean handedOn;

  EmbeddedTransaction(EmbeddedDatabase database, Executor executor) {
    this(new TransactionParts(new TransactionState(database, executor)));
  }

  private EmbeddedTransaction(TransactionParts parts) {
    this.parts = parts;
  }

  private TransactionParts parts() {
    if (handedOn) {
      throw new IllegalStateException("Transaction has been invalidated by reset");
    }
    if (closed) {
      throw new IllegalStateException("Cannot access closed object");
    }
    return parts;
  }

  private void setOption(int code, byte @Nullable [] parameter) {
    parts().state().setOption(code, parameter);
  }

  // ---- reads

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
    return parts().reads().readVersion();
  }

  @Override
  public void setReadVersion(long version) {
    parts().state().setReadVersion(version);
  }

  @Override
  public CompletableFuture<byte[]> get(byte[] key) {
    return get(key, false);
  }

  CompletableFuture<byte[]> get(byte[] key, boolean isSnapshot) {
    return parts().reads().get(key, isSnapshot);
  }

  @Override
  public CompletableFuture<byte[]> getKey(KeySelector selector) {
    return getKey(selector, false);
  }

  CompletableFuture<byte[]> getKey(KeySelector selector, boolean isSnapshot) {
    return parts().reads().getKey(selector, isSnapshot);
  }

  @Override
  public AsyncIterable<KeyValue> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse, StreamingMode mode) {
    return new RangeRead(this, false, begin, end, limit, reverse, mode);
  }

  /** Asks for the rows of one request of a range read. */
  CompletableFuture<Answer> range(
      KeySelector begin,
      KeySelector end,
      int limit,
      StreamingMode mode,
      int iteration,
      boolean isSnapshot,
      boolean reverse) {
    return parts()
        .reads()
        .range(
            begin,
            end,
            () -> RangeRequest.of(begin, end, limit, mode, iteration, reverse),
            isSnapshot);
  }

  @Override
  public CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
    return parts().reads().estimatedBytes(begin, end);
  }

  @Override
  public CompletableFuture<KeyArrayResult> getRangeSplitPoints(
      byte[] begin, byte[] end, long chunkSize) {
    return parts().reads().splitPoints(begin, end, chunkSize);
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

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    parts().updates().addReadConflict(begin, end);
  }

  @Override
  public void addReadConflictKey(byte[] key) {
    addReadConflictRange(key, KeyRanges.after(key));
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    parts().updates().addWriteConflict(begin, end);
  }

  @Override
  public void addWriteConflictKey(byte[] key) {
    addWriteConflictRange(key, KeyRanges.after(key));
  }

  @Override
  public void set(byte[] key, byte[] value) {
    if (key == null || value == null) {
      throw new IllegalArgumentException("Keys/Values must be non-null");
    }
    parts().updates().set(key, value);
  }

  @Override
  public void clear(byte[] key) {
    if (key == null) {
      throw new IllegalArgumentException("Key cannot be null");
    }
    parts().updates().clear(key);
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    if (begin == null || end == null) {
      throw new IllegalArgumentException("Keys cannot be null");
    }
    parts().updates().clear(begin, end);
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
    parts().updates().mutate(type, key, operand);
  }

  // ---- commit and end

  @Override
  public CompletableFuture<Void> commit() {
    return parts().commit().commit();
  }

  @Override
  public Long getCommittedVersion() {
    return parts().commit().committedVersion();
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    return parts().commit().versionstamp();
  }

  @Override
  public CompletableFuture<Long> getApproximateSize() {
    return parts().updates().approximateSize();
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    return parts().updates().watch(key);
  }

  @Override
  public CompletableFuture<Transaction> onError(Throwable error) {
    Throwable cause =
        (error instanceof CompletionException || error instanceof ExecutionException)
                && error.getCause() != null
            ? error.getCause()
            : error;
    if (!(cause instanceof FDBException failure)) {
      return CompletableFuture.failedFuture(cause);
    }
    EmbeddedTransaction next = new EmbeddedTransaction(parts());
    handedOn = true;
    return parts
        .retry()
        .onError(failure)
        .<Transaction>thenApply(again -> next)
        .whenComplete(
            (again, refused) -> {
              if (refused != null) {
                next.close();
              }
            });
  }

  @Override
  public void cancel() {
    parts().state().end(ErrorCode.TRANSACTION_CANCELLED);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (!handedOn) {
        parts.state().end(ErrorCode.TRANSACTION_CANCELLED);
      }
    }
  }

  // ---- context

  @Override
  public TransactionOptions options() {
    return options;
  }

  @Override
  public Database getDatabase() {
    return parts.state().database();
  }

  @Override
  public Executor getExecutor() {
    return parts.state().executor();
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

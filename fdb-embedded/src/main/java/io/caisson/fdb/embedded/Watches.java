package io.caisson.fdb.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The active watches. A watch fires when its key holds another value than the one its transaction
 * has seen; a change that is undone before the watch looks may go unseen, as in FoundationDB.
 * Thread-safe.
 */
final class Watches implements AutoCloseable {
  /** FoundationDB's default for the option "max watches". */
  private static final int DEFAULT_LIMIT = 10_000;

  /** Looks up what a key holds now. */
  interface CurrentValue {
    byte @Nullable [] of(byte[] key);
  }

  private static final class Watch {
    private final byte[] key;
    private final byte @Nullable [] seen;
    private final Executor executor;
    private final CompletableFuture<Void> future;

    Watch(byte[] key, byte @Nullable [] seen, Executor executor, CompletableFuture<Void> future) {
      this.key = key;
      this.seen = seen;
      this.executor = executor;
      this.future = future;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by its own equals
  private record Key(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private final CurrentValue current;
  private final Map<Key, List<Watch>> byKey = new HashMap<>();
  private volatile int limit = DEFAULT_LIMIT;
  private volatile int count;
  private int reserved;
  private boolean closed;

  Watches(CurrentValue current) {
    this.current = current;
  }

  boolean any() {
    return count > 0;
  }

  void limit(int newLimit) {
    limit = newLimit;
  }

  /** Takes one of the places that watches may have, until the future is complete. */
  CompletableFuture<Void> reserve() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    synchronized (this) {
      if (reserved >= limit) {
        throw ErrorCode.TOO_MANY_WATCHES.exception();
      }
      reserved++;
    }
    CompletableFuture<Void> unused = future.whenComplete((done, failure) -> release());
    return future;
  }

  private synchronized void release() {
    reserved--;
  }

  /** How many watches there are, those of uncommitted transactions included. */
  synchronized int size() {
    return reserved;
  }

  /** Activates a watch, and fires it at once if the key holds another value already. */
  void activate(PendingWatch pending, Executor executor) {
    CompletableFuture<Void> future = pending.future();
    if (future.isDone()) {
      return;
    }
    Watch watch = new Watch(pending.key(), pending.seen(), executor, future);
    synchronized (this) {
      if (closed) {
        Later.on(
            executor,
            () -> future.completeExceptionally(ErrorCode.TRANSACTION_CANCELLED.exception()));
        return;
      }
      byKey.computeIfAbsent(new Key(watch.key), unused -> new ArrayList<>(1)).add(watch);
      count++;
    }
    CompletableFuture<Void> unused = future.whenComplete((done, failure) -> remove(watch));
    if (!Arrays.equals(current.of(watch.key), watch.seen)) {
      fire(watch);
    }
  }

  /** To be called after a commit has become visible. */
  void changed(Collection<byte[]> keys) {
    for (byte[] key : keys) {
      List<Watch> affected;
      synchronized (this) {
        List<Watch> watching = byKey.get(new Key(key));
        if (watching == null) {
          continue;
        }
        affected = List.copyOf(watching);
      }
      byte[] value = current.of(key);
      for (Watch watch : affected) {
        if (!Arrays.equals(value, watch.seen)) {
          fire(watch);
        }
      }
    }
  }

  /**
   * Looks at all watches: for commits whose keys were not noted because there was no watch when
   * they began.
   */
  void recheck() {
    List<byte[]> keys = new ArrayList<>();
    synchronized (this) {
      byKey.keySet().forEach(key -> keys.add(key.bytes()));
    }
    changed(keys);
  }

  private void fire(Watch watch) {
    remove(watch);
    Later.on(watch.executor, () -> watch.future.complete(null));
  }

  private synchronized void remove(Watch watch) {
    Key key = new Key(watch.key);
    List<Watch> watching = byKey.get(key);
    if (watching != null && watching.remove(watch)) {
      count--;
      if (watching.isEmpty()) {
        byKey.remove(key);
      }
    }
  }

  /** Cancels all. */
  @Override
  public void close() {
    List<Watch> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      byKey.values().forEach(all::addAll);
      byKey.clear();
      count = 0;
    }
    all.forEach(
        watch -> watch.future.completeExceptionally(ErrorCode.TRANSACTION_CANCELLED.exception()));
  }
}

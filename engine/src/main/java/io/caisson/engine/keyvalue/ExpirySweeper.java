package io.caisson.engine.keyvalue;

import com.apple.foundationdb.FDBException;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.model.keyvalue.BucketStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears the entries of buckets whose time is over, about once a second, in small transactions. It
 * begins with the first use of a bucket. Several processes may do it at the same time. Thread-safe.
 */
public final class ExpirySweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);
  private static final long INTERVAL_MILLIS = 1_000;
  private static final int PAGE_ENTRIES = 500;

  private final String database;
  private final TransactionRunner runner;
  private final BucketStore store;
  private final Supplier<Catalog> catalog;
  private final Clock clock;
  private @Nullable ScheduledExecutorService sweeping;
  private boolean closed;

  /**
   * A sweeper of a database's buckets.
   *
   * @param database the database's name
   * @param runner runs its transactions
   * @param store where entries are kept
   * @param catalog says which buckets there are
   * @param clock says which entries are over
   */
  public ExpirySweeper(
      String database,
      TransactionRunner runner,
      BucketStore store,
      Supplier<Catalog> catalog,
      Clock clock) {
    this.database = database;
    this.runner = runner;
    this.store = store;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Begins, unless it has begun. */
  public synchronized void start() {
    if (sweeping == null && !closed) {
      sweeping =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                var thread = new Thread(task, "caisson-expiry-" + database);
                thread.setDaemon(true);
                return thread;
              });
      var unused =
          sweeping.scheduleWithFixedDelay(
              this::sweepOrLog, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void sweepOrLog() {
    try {
      sweep();
    } catch (CaissonException | FDBException e) {
      LOG.debug("clearing ended entries of {} failed; it is tried again", database, e);
    }
  }

  /** Clears what is over now. */
  void sweep() {
    List<BucketDefinition> buckets =
        catalog.get().objects().values().stream()
            .filter(BucketDefinition.class::isInstance)
            .map(BucketDefinition.class::cast)
            .toList();
    for (BucketDefinition bucket : buckets) {
      OptionalLong next = runner.read(transaction -> store.nextEnd(transaction, bucket));
      boolean more = next.isPresent() && next.getAsLong() <= clock.wallMicros();
      while (more && !isClosed()) {
        long now = clock.wallMicros();
        int cleared = runner.run(tr -> store.clearEnded(tr, bucket, now, PAGE_ENTRIES));
        more = cleared == PAGE_ENTRIES;
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    ScheduledExecutorService running;
    synchronized (this) {
      closed = true;
      running = sweeping;
    }
    if (running == null) {
      return;
    }
    running.shutdown();
    try {
      boolean ended = running.awaitTermination(1, TimeUnit.MINUTES);
      LOG.debug("clearing ended entries of {} has ended: {}", database, ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

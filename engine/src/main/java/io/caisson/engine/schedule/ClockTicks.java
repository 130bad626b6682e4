package io.caisson.engine.schedule;

import com.apple.foundationdb.FDBException;
import io.caisson.error.CaissonException;
import io.caisson.model.stream.ClockLog;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a tick about once a second while there is a view that asks what time it is. A clock that
 * stands still leaves none. Thread-safe.
 */
public final class ClockTicks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockTicks.class);
  private static final long LOOK_MILLIS = 100;
  private static final long TICK_MICROS = 1_000_000;

  private final String database;
  private final TransactionRunner runner;
  private final ClockLog log;
  private final Clock clock;
  private final Set<Long> views = new HashSet<>();
  private @Nullable ScheduledExecutorService ticking;
  private long last = Long.MIN_VALUE;
  private boolean closed;

  /**
   * Ticks of a database.
   *
   * @param database the database's name
   * @param runner runs its transactions
   * @param log where they are recorded
   * @param clock says what time it is
   */
  public ClockTicks(String database, TransactionRunner runner, ClockLog log, Clock clock) {
    this.database = database;
    this.runner = runner;
    this.log = log;
    this.clock = clock;
  }

  /** A view asks for the time from now on: a tick is recorded before the call returns. */
  synchronized void follow(long viewId) {
    if (!views.add(viewId) || closed) {
      return;
    }
    tickOrLog(clock.wallMicros());
    if (ticking == null) {
      ticking =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                var thread = new Thread(task, "caisson-clock-" + database);
                thread.setDaemon(true);
                return thread;
              });
      var unused =
          ticking.scheduleWithFixedDelay(
              this::tickIfDue, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** A view is no more. */
  synchronized void unfollow(long viewId) {
    views.remove(viewId);
  }

  private synchronized void tickIfDue() {
    long now = clock.wallMicros();
    // A clock that was set back ticks on from there: the watermark of ticks stands meanwhile.
    if (views.isEmpty() || closed || (now >= last && now - last < TICK_MICROS)) {
      return;
    }
    tickOrLog(now);
  }

  private void tickOrLog(long now) {
    try {
      tick(now);
    } catch (CaissonException | FDBException e) {
      LOG.debug("a tick of {} failed; it is tried again", database, e);
    }
  }

  private void tick(long now) {
    boolean done =
        runner.run(
            transaction -> {
              log.tick(transaction, now);
              return true;
            });
    last = done ? now : last;
  }

  /** Records no more ticks. */
  @Override
  public void close() {
    ScheduledExecutorService running;
    synchronized (this) {
      closed = true;
      running = ticking;
    }
    if (running == null) {
      return;
    }
    running.shutdown();
    try {
      boolean ended = running.awaitTermination(1, TimeUnit.MINUTES);
      LOG.debug("the ticks of {} have ended: {}", database, ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

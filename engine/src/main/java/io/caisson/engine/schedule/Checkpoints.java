package io.caisson.engine.schedule;

import io.caisson.engine.state.MemoryBudget;
import io.caisson.engine.view.RunningView;
import io.caisson.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Says when the views of a database are due for a checkpoint, and writes it. Views are read under
 * the maintenance lock and written without it. Thread-safe where a method says so; otherwise for
 * the maintenance thread.
 */
final class Checkpoints {
  /** How long a change waits for the checkpoint that makes it durable. */
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long MOST_BYTES = MemoryBudget.changedBytes();

  private final Lock lock;
  private final Condition progressed;
  private final KeptViews views;
  private final Clock clock;
  private final Object writing = new Object();
  private long last;

  /**
   * Checkpoints, the first due after the interval.
   *
   * @param lock the maintenance lock
   * @param progressed what those wait for who wait for views
   * @param views the views, which the lock guards
   * @param clock the time
   */
  Checkpoints(Lock lock, Condition progressed, KeptViews views, Clock clock) {
    this.lock = lock;
    this.progressed = progressed;
    this.views = views;
    this.clock = clock;
    last = clock.monotonicNanos();
  }

  /** Whether a checkpoint would write anything; under the lock. */
  boolean anyDirty() {
    return views.all().stream().anyMatch(RunningView::dirty);
  }

  /** How many nanoseconds are left until the next one. */
  long untilDue() {
    return last + INTERVAL_NANOS - clock.monotonicNanos();
  }

  /** Writes a checkpoint where it is time, or much has changed. */
  void writeIfDue() {
    boolean large;
    lock.lock();
    try {
      large = views.all().stream().mapToLong(RunningView::memoryBytes).sum() >= MOST_BYTES;
    } finally {
      lock.unlock();
    }
    if (large || untilDue() <= 0) {
      write();
    }
  }

  /** Writes a checkpoint of every view that has changed. */
  void write() {
    List<RunningView> dirty;
    lock.lock();
    try {
      dirty = views.where(view -> view.live() && view.dirty());
    } finally {
      lock.unlock();
    }
    write(dirty);
    last = clock.monotonicNanos();
  }

  /** Writes a checkpoint of some views; from any thread. */
  void write(List<RunningView> dirty) {
    synchronized (writing) {
      for (RunningView view : dirty) {
        view.checkpoint(lock);
      }
    }
  }

  /** Writes down the steps that somebody waits for. */
  void writeWantedLogs() {
    List<RunningView> wanted;
    lock.lock();
    try {
      wanted = views.where(view -> view.live() && view.followers().logIsWanted());
    } finally {
      lock.unlock();
    }
    wanted.forEach(this::writeLog);
  }

  /** Writes down the steps of a view; from any thread. */
  void writeLog(RunningView view) {
    synchronized (writing) {
      view.writeLog(lock);
    }
  }

  /**
   * Runs an action under the lock while no checkpoint is being written, and has those look who wait
   * for views; from any thread.
   */
  void between(Runnable action) {
    synchronized (writing) {
      lock.lock();
      try {
        action.run();
        progressed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}

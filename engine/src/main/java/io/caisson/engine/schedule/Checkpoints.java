package io.caisson.engine.schedule;

import io.caisson.engine.state.ViewMemory;
import io.caisson.engine.view.RunningView;
import io.caisson.error.CaissonException;
import io.caisson.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints of the views of a database on a thread of its own, every second or when much
 * has changed, while the views go on.
 *
 * <pre>
 *   maintenance   step │ step │ step │ step │ step │ …        waits where twice as much has changed
 *   checkpoints        └ begin, write ──────┘ begin, write …
 * </pre>
 *
 * <p>Views are read under the maintenance lock and written without it. Whoever changes what a
 * checkpoint would write does so {@link #between} checkpoints. Thread-safe.
 */
final class Checkpoints implements AutoCloseable {
  /** How long a change waits for the checkpoint that makes it durable. */
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** How long steps wait before they look whether another database has made room. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Lock lock;
  private final Condition progressed;
  private final Condition wanted;
  private final Condition written;
  private final KeptViews views;
  private final ViewMemory.Share memory;
  private final Clock clock;
  private final Thread thread;

  /** Held while a checkpoint is written; before {@link #logging} and the maintenance lock. */
  private final Object writing = new Object();

  /** Held while a log of steps is written; before the maintenance lock. */
  private final Object logging = new Object();

  private long last;
  private boolean much;
  private boolean closed;
  private @Nullable CaissonException failure;

  /**
   * Checkpoints, the first due after the interval.
   *
   * @param name the database's name
   * @param lock the maintenance lock
   * @param progressed what those wait for who wait for views
   * @param views the views, which the lock guards
   * @param memory what they may take
   * @param clock the time
   */
  Checkpoints(
      String name,
      Lock lock,
      Condition progressed,
      KeptViews views,
      ViewMemory.Share memory,
      Clock clock) {
    this.memory = memory;
    this.lock = lock;
    this.progressed = progressed;
    this.wanted = lock.newCondition();
    this.written = lock.newCondition();
    this.views = views;
    this.clock = clock;
    last = clock.monotonicNanos();
    thread = new Thread(this::run, "caisson-checkpoints-" + name);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  void start() {
    thread.start();
  }

  private void run() {
    while (awaitDue()) {
      CaissonException why = null;
      try {
        write();
      } catch (CaissonException e) {
        LOG.warn("a checkpoint failed, and is tried again: {}", e.getMessage());
        why = e;
      } catch (RuntimeException e) {
        LOG.error("a checkpoint failed, and is tried again", e);
        why = Maintenance.internal(e);
      } catch (OutOfMemoryError e) {
        LOG.error("there was not enough memory for a checkpoint, which is tried again", e);
        why = Maintenance.outOfMemory(e);
      }
      lock.lock();
      try {
        last = clock.monotonicNanos();
        failure = why;
        measure();
        written.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean awaitDue() {
    lock.lock();
    try {
      while (!closed) {
        boolean dirty = anyDirty();
        long left = last + INTERVAL_NANOS - clock.monotonicNanos();
        if (dirty && (left <= 0 || (much && failure == null))) {
          much = false;
          return true;
        }
        if (!dirty) {
          failure = null; // of a view that is no longer kept
        }
        long unused = wanted.awaitNanos(dirty ? Math.min(left, INTERVAL_NANOS) : INTERVAL_NANOS);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean anyDirty() {
    return views.all().stream().anyMatch(RunningView::dirty);
  }

  /**
   * To be called by the maintenance thread after its steps: has a checkpoint written where much has
   * changed, and waits for it where twice as much has.
   *
   * @throws CaissonException why the last one failed
   */
  void stepped() {
    lock.lock();
    try {
      measure();
      if (memory.isMuch()) {
        much = true;
        wanted.signalAll();
      }
      while (memory.isTooMuch() && anyDirty() && failure == null && !closed) {
        long unused = written.awaitNanos(LONGEST_WAIT_NANOS);
        measure();
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void measure() {
    memory.changed(views.all().stream().mapToLong(RunningView::changedBytes).sum());
  }

  /** Writes a checkpoint of every view that has changed. */
  private void write() {
    List<RunningView> dirty;
    lock.lock();
    try {
      dirty = views.where(view -> view.live() && view.dirty());
    } finally {
      lock.unlock();
    }
    write(dirty);
  }

  /** Writes a checkpoint of some views. */
  void write(List<RunningView> dirty) {
    for (RunningView view : dirty) {
      synchronized (writing) {
        view.checkpoint(lock, () -> logSteps(view));
      }
    }
  }

  private void logSteps(RunningView view) {
    synchronized (logging) {
      view.followers().writeLog(lock);
    }
  }

  /** Writes down the steps that somebody waits for. */
  void writeWantedLogs() {
    List<RunningView> followed;
    lock.lock();
    try {
      followed = views.where(view -> view.live() && view.followers().logIsWanted());
    } finally {
      lock.unlock();
    }
    followed.forEach(this::writeLog);
  }

  /** Writes down the steps of a view. */
  void writeLog(RunningView view) {
    synchronized (logging) {
      view.writeLog(lock);
    }
  }

  /**
   * Runs an action under the lock while neither a checkpoint nor a log is being written, and has
   * those look who wait for views.
   */
  void between(Runnable action) {
    synchronized (writing) {
      synchronized (logging) {
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

  /** Opens something that a checkpoint could change meanwhile, which it then does not. */
  <T> T open(Supplier<T> opening) {
    synchronized (writing) {
      synchronized (logging) {
        return opening.get();
      }
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wanted.signalAll();
      written.signalAll();
    } finally {
      lock.unlock();
    }
    Maintenance.awaitEnd(thread);
  }

  /** Writes a checkpoint when both threads have ended; the memory is others' from then on. */
  void writeLast() {
    try {
      write();
    } catch (CaissonException e) {
      LOG.warn("the last checkpoint failed, the log will be read again: {}", e.getMessage());
    } finally {
      memory.close();
    }
  }
}

package io.caisson.fdb.embedded;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What happens by itself: one daemon thread for all databases of the process that only hands tasks
 * over at their time, and the handing over. Thread-safe.
 */
final class Later {
  private static final ScheduledThreadPoolExecutor CLOCK = newClock();

  private Later() {}

  private static ScheduledThreadPoolExecutor newClock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "caisson-store-clock");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Something that will happen unless it is prevented. */
  interface Alarm {
    void cancel();
  }

  /** Runs a task on an executor after a while. */
  static Alarm after(long nanos, Executor executor, Runnable task) {
    Future<?> scheduled = CLOCK.schedule(() -> on(executor, task), nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  /** Runs a task on an executor, or here if the executor takes no more tasks. */
  static void on(Executor executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException ended) {
      task.run();
    }
  }
}

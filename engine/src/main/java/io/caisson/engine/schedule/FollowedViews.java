package io.caisson.engine.schedule;

import io.caisson.engine.state.StepWriter;
import io.caisson.engine.view.RunningView;
import io.caisson.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The views whose steps are written down, because subscriptions follow them. Thread-safe. */
public final class FollowedViews {
  private final Maintenance maintenance;
  private final Lock lock;
  private final Condition progressed;
  private final KeptViews views;
  private final Checkpoints checkpoints;
  private final Clock clock;

  /**
   * The views that a maintenance keeps.
   *
   * @param lock the maintenance lock, which may be taken again
   * @param progressed is told when a log has grown
   * @param views the views, which the lock guards
   * @param checkpoints writes the logs
   * @param clock the time
   */
  FollowedViews(
      Maintenance maintenance,
      Lock lock,
      Condition progressed,
      KeptViews views,
      Checkpoints checkpoints,
      Clock clock) {
    this.maintenance = maintenance;
    this.lock = lock;
    this.progressed = progressed;
    this.views = views;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  /** Writes the logs that somebody waits for, and says so to them. */
  void write() {
    checkpoints.writeWantedLogs();
    lock.lock();
    try {
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Begins the log of a view that has come to a version; answers up to where it is complete. */
  long log(long viewId, long version, BooleanSupplier cancelled, StepWriter writer) {
    maintenance.follow(
        viewId,
        version,
        cancelled,
        view -> {
          view.followers().beginLog(writer);
          return view;
        });
    return complete(viewId);
  }

  /** Ends the log of a view. */
  void endLog(long viewId) {
    checkpoints.between(
        () -> {
          RunningView view = views.get(viewId);
          if (view != null) {
            view.followers().endLog();
          }
        });
  }

  /** Writes down all steps that a view has made; answers up to where its log is complete. */
  public long complete(long viewId) {
    RunningView view = find(viewId);
    checkpoints.writeLog(view);
    lock.lock();
    try {
      return find(viewId).followers().logged();
    } finally {
      lock.unlock();
    }
  }

  private RunningView find(long viewId) {
    lock.lock();
    try {
      return views.find(List.of(viewId)).get(0);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the steps of a view are logged; from any thread. */
  public boolean logged(long viewId) {
    return find(viewId).followers().logged() >= 0;
  }

  /**
   * Waits until the log of a view is complete up to a version behind the given one, or the time is
   * over. Meanwhile the log is written after every step.
   *
   * @return whether it is
   * @throws io.caisson.error.CaissonException why the view is not kept any more
   */
  public boolean await(long viewId, long behind, Duration wait, BooleanSupplier cancelled) {
    RunningView reading = null;
    lock.lock();
    try {
      long end = clock.monotonicNanos() + wait.toNanos();
      while (true) {
        RunningView view = views.find(List.of(viewId)).get(0);
        if (view.followers().logged() > behind) {
          return true;
        }
        if (clock.monotonicNanos() >= end) {
          return false;
        }
        if (view != reading) {
          leave(reading);
          view.followers().addReader();
          reading = view;
          maintenance.tailMoved();
        }
        maintenance.awaitProgress(cancelled);
      }
    } finally {
      leave(reading);
      lock.unlock();
    }
  }

  private static void leave(@Nullable RunningView view) {
    if (view != null) {
      view.followers().removeReader();
    }
  }
}

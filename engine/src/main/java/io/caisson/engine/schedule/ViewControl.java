package io.caisson.engine.schedule;

import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.dataflow.operator.OperatorMeasure;
import io.caisson.engine.view.RunningView;
import io.caisson.engine.view.ViewReport;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Plan;
import io.caisson.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/** What people do to views and ask about them, beside reading them. Thread-safe. */
public final class ViewControl {
  private final Maintenance maintenance;
  private final Lock lock;
  private final KeptViews views;
  private final Checkpoints checkpoints;
  private final FollowedViews followed;

  /**
   * The control of the views that a maintenance keeps.
   *
   * @param lock the maintenance lock, which may be taken again
   * @param progressed is told when more of a view can be read
   * @param views the views, which the lock guards
   * @param checkpoints writes them
   * @param clock the time
   */
  ViewControl(
      Maintenance maintenance,
      Lock lock,
      Condition progressed,
      KeptViews views,
      Checkpoints checkpoints,
      Clock clock) {
    this.maintenance = maintenance;
    this.lock = lock;
    this.views = views;
    this.checkpoints = checkpoints;
    this.followed = new FollowedViews(maintenance, lock, progressed, views, checkpoints, clock);
  }

  /** Views whose steps are written down. */
  public FollowedViews followed() {
    return followed;
  }

  /** Whether a view is kept, or somebody still reads it. */
  public boolean used(long viewId) {
    lock.lock();
    try {
      return views.used(viewId);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a new view still has to read of its tables before it can be read; empty where that is
   * nothing, or the view is not kept here.
   */
  public List<RunningView.TableStatus> backfill(long viewId) {
    lock.lock();
    try {
      RunningView view = views.get(viewId);
      return view == null || !view.backfilling() ? List.of() : view.tables();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What each part of a view's plan has done since it was opened.
   *
   * @throws CaissonException why it can't be kept
   */
  public Map<Plan, OperatorMeasure> measures(long viewId) {
    lock.lock();
    try {
      RunningView view = views.get(viewId);
      return (view == null ? views.find(List.of(viewId)).get(0) : view).measures();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a view has taken the place of the one that it replaces.
   *
   * @param viewId which view
   * @param cancelled ends the wait with 57014
   */
  public void awaitReplaced(long viewId, BooleanSupplier cancelled) {
    lock.lock();
    try {
      while (views.find(List.of(viewId)).get(0).definition().replacement()) {
        maintenance.awaitProgress(cancelled);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a view follow its definition in the catalog, which has other indexes than before.
   *
   * @param now the definition as it is now
   */
  public void redefine(ViewDefinition now) {
    checkpoints.between(
        () -> {
          RunningView view = views.get(now.id());
          if (view != null) {
            view.redefine(now);
          }
          maintenance.tailMoved();
        });
  }

  /**
   * Waits until an index of a view can be read.
   *
   * @param until ends the wait; may throw
   * @return whether it can be read
   * @throws CaissonException why the view can't be kept; UNDEFINED_OBJECT, where the index was
   *     dropped
   */
  public boolean awaitIndex(long viewId, int index, BooleanSupplier until) {
    lock.lock();
    try {
      while (true) {
        IndexDefinition now =
            views
                .find(List.of(viewId))
                .get(0)
                .definition()
                .index(index)
                .orElseThrow(
                    () ->
                        new CaissonException(
                            SqlState.UNDEFINED_OBJECT, "the index was dropped meanwhile"));
        if (now.readable() || until.getAsBoolean()) {
          return now.readable();
        }
        maintenance.awaitProgress(() -> false);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many rows are entered into an index of a view. */
  public long rowsOfIndex(long viewId, int index) {
    lock.lock();
    try {
      RunningView view = views.get(viewId);
      return view == null ? 0 : view.rowsOfIndex(index);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Pauses a view. One that is up to date first takes in everything up to a version; what it has is
   * then checkpointed, so that it is the same after a restart.
   *
   * @param viewId which view
   * @param version the store version
   * @param cancelled ends the wait with 57014
   */
  public void pause(long viewId, long version, BooleanSupplier cancelled) {
    RunningView view;
    lock.lock();
    try {
      maintenance.want(version);
      view = views.find(List.of(viewId)).get(0);
      while (view.active() && view.caughtUp() && view.frontier() < version) {
        maintenance.awaitProgress(cancelled);
        view = views.find(List.of(viewId)).get(0);
      }
      setPaused(view, true);
    } finally {
      lock.unlock();
    }
    checkpoints.write(List.of(view));
  }

  /** Lets a view go on that was paused, or tries it again where it has failed. */
  public void resume(long viewId) {
    lock.lock();
    try {
      RunningView view = views.get(viewId);
      if (view != null) {
        setPaused(view, false);
        view.retry();
      }
      maintenance.tailMoved();
    } finally {
      lock.unlock();
    }
  }

  private static void setPaused(RunningView view, boolean paused) {
    ViewDefinition now = view.definition();
    view.redefine(now.withSettings(now.settings().withPaused(paused)));
  }

  /**
   * How a view is doing.
   *
   * @throws CaissonException why it can't be kept
   */
  public ViewReport report(long viewId) {
    lock.lock();
    try {
      RunningView view = views.get(viewId);
      return view == null ? views.find(List.of(viewId)).get(0).report() : view.report();
    } finally {
      lock.unlock();
    }
  }
}

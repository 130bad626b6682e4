package io.caisson.engine.schedule;

import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.view.RunningView;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Puts views that have caught up in the place of those that they replace: first in the catalog, in
 * one transaction, then among the views that are kept. In between both are kept, so that who knows
 * either catalog finds its view. For the maintenance thread.
 */
final class Replacements {
  private final ViewCatalog catalog;
  private final KeptViews views;
  private final Checkpoints checkpoints;
  private final Lock lock;

  Replacements(ViewCatalog catalog, KeptViews views, Checkpoints checkpoints, Lock lock) {
    this.catalog = catalog;
    this.views = views;
    this.checkpoints = checkpoints;
    this.lock = lock;
  }

  /** Looks for such views, which there mostly are none. */
  void run() {
    List<RunningView> ready;
    lock.lock();
    try {
      ready = views.where(v -> v.live() && v.caughtUp() && v.definition().replacement());
    } finally {
      lock.unlock();
    }
    ready.forEach(this::replace);
  }

  private void replace(RunningView view) {
    long old = view.definition().settings().replaces();
    try {
      Optional<ViewDefinition> named = catalog.swap(view.definition());
      named.ifPresent(now -> checkpoints.between(() -> take(view, now, old)));
    } catch (CaissonException e) {
      if (e.state().fault() != SqlState.Fault.USER) {
        throw e;
      }
      checkpoints.between(() -> view.stop(e));
    }
  }

  private void take(RunningView view, ViewDefinition now, long old) {
    view.redefine(now);
    views.leave(
        old,
        new CaissonException(
            SqlState.UNDEFINED_OBJECT, "materialized view \"" + now.name() + "\" was replaced"));
  }
}

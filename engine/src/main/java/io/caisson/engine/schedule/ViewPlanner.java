package io.caisson.engine.schedule;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ViewDefinition;
import io.caisson.plan.Plan;

/** Plans the defining query of a view that is in the catalog. Thread-safe. */
@FunctionalInterface
public interface ViewPlanner {
  /**
   * Plans a view.
   *
   * @throws io.caisson.error.CaissonException when its query can't be kept (any more)
   */
  Plan plan(ViewDefinition view, Catalog catalog);
}

package io.caisson.engine.schedule;

import io.caisson.catalog.ViewDefinition;
import java.util.Optional;

/** Puts a view that has caught up in the place of the one that it replaces. Thread-safe. */
@FunctionalInterface
public interface Replacing {
  /**
   * Swaps the views in the catalog, in one transaction.
   *
   * @param replacement the new view, under the name of a replacement
   * @return the new view under the name of the old one; empty where it was dropped meanwhile
   * @throws io.caisson.error.CaissonException where it can't take the place any more
   */
  Optional<ViewDefinition> swap(ViewDefinition replacement);
}

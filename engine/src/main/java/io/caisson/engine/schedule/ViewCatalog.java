package io.caisson.engine.schedule;

import io.caisson.catalog.ViewDefinition;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.catalog.ViewChanges;
import io.caisson.model.catalog.ViewIndexChanges;
import io.caisson.model.transaction.TransactionRunner;
import java.util.Optional;

/** What becomes true of views in the catalog once they have come far enough. Thread-safe. */
public final class ViewCatalog {
  private final TransactionRunner runner;
  private final ViewChanges views;
  private final ViewIndexChanges indexes;

  /** The views of a database's catalog. */
  public ViewCatalog(TransactionRunner runner, CatalogStore catalog) {
    this.runner = runner;
    views = new ViewChanges(catalog);
    indexes = new ViewIndexChanges(catalog);
  }

  /**
   * Puts a view that has caught up in the place of the one that it replaces, in one transaction.
   *
   * @param replacement the new view, under the name of a replacement
   * @return the new view under the name of the old one; empty where it was dropped meanwhile
   * @throws io.caisson.error.CaissonException where it can't take the place any more
   */
  Optional<ViewDefinition> swap(ViewDefinition replacement) {
    return runner.run(transaction -> views.swap(transaction, replacement.id()));
  }

  /**
   * Lets queries read an index that holds all rows of its view.
   *
   * @return the view as it is now; empty where it or the index was dropped meanwhile
   */
  Optional<ViewDefinition> built(ViewDefinition view, int index) {
    return runner.run(transaction -> indexes.built(transaction, view.id(), index));
  }
}

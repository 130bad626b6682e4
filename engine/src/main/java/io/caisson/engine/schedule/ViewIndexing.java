package io.caisson.engine.schedule;

import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.view.RunningView;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * Builds the indexes of views between their steps, a page a round. An index that holds all rows is
 * checkpointed with its view before the catalog lets queries read it, so that it holds them after a
 * crash too. For the maintenance thread.
 */
final class ViewIndexing {
  private final ViewCatalog catalog;
  private final KeptViews views;
  private final Checkpoints checkpoints;
  private final Lock lock;

  ViewIndexing(ViewCatalog catalog, KeptViews views, Checkpoints checkpoints, Lock lock) {
    this.catalog = catalog;
    this.views = views;
    this.checkpoints = checkpoints;
    this.lock = lock;
  }

  /** Does a page of what is to be done, which mostly is nothing; whether there is more. */
  boolean run() {
    List<RunningView> indexing;
    List<RunningView> built;
    lock.lock();
    try {
      indexing = views.where(RunningView::indexing);
      built = views.where(view -> !view.unbuiltIndexes().isEmpty() && !view.indexing());
    } finally {
      lock.unlock();
    }
    indexing.forEach(view -> checkpoints.between(view::index));
    built.forEach(this::publish);
    lock.lock();
    try {
      return views.all().stream()
          .anyMatch(view -> view.indexing() || !view.unbuiltIndexes().isEmpty());
    } finally {
      lock.unlock();
    }
  }

  private void publish(RunningView view) {
    checkpoints.write(List.of(view));
    ViewDefinition definition;
    List<IndexDefinition> durable;
    lock.lock();
    try {
      definition = view.definition();
      durable = view.durableIndexes();
    } finally {
      lock.unlock();
    }
    for (IndexDefinition index : durable) {
      catalog
          .built(definition, index.id())
          .ifPresent(now -> checkpoints.between(() -> view.redefine(now)));
    }
  }
}

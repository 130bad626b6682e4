package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.schedule.ViewControl;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.ViewIndexChanges;
import io.caisson.sql.Statement;
import io.caisson.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** CREATE INDEX and DROP INDEX on materialized views. For one thread. */
final class ViewIndexStatements {
  private final SessionServices services;
  private final Cancellation cancellation;
  private final ViewIndexChanges changes;
  private final Clock clock = Clock.system();

  ViewIndexStatements(SessionServices services, Cancellation cancellation) {
    this.services = services;
    this.cancellation = cancellation;
    changes = new ViewIndexChanges(services.catalog());
  }

  /** Adds an index and waits until it can be read; cancelled or failed, it is gone again. */
  void create(Statement.CreateIndex create, ViewDefinition view) {
    Optional<ViewDefinition> with =
        services.runner().run(transaction -> add(transaction, create, view));
    if (with.isPresent()) {
      ViewControl control = services.views().maintenance().control();
      control.redefine(with.get());
      await(control, with.get(), create.concurrently());
    }
  }

  private Optional<ViewDefinition> add(
      Transaction transaction, Statement.CreateIndex create, ViewDefinition view) {
    Catalog catalog = services.catalog().read(transaction);
    String name = create.index().name();
    boolean taken = catalog.find(name).isPresent() || catalog.objectOfIndex(name).isPresent();
    return create.ifNotExists() && taken
        ? Optional.empty()
        : Optional.of(changes.add(transaction, view.id(), create.index()));
  }

  private void await(ViewControl control, ViewDefinition view, boolean concurrently) {
    IndexDefinition index = view.indexes().get(view.indexes().size() - 1);
    long begun = clock.monotonicNanos();
    try {
      var unused =
          control.awaitIndex(
              view.id(),
              index.id(),
              () -> {
                cancellation.check();
                return concurrently && isLong(begun);
              });
    } catch (CaissonException e) {
      if (e.state() != SqlState.CLOSED && e.state() != SqlState.UNDEFINED_OBJECT) {
        drop(view, index);
      }
      throw e;
    }
  }

  private boolean isLong(long begun) {
    return clock.monotonicNanos() - begun
        > TimeUnit.MILLISECONDS.toNanos(IndexStatements.SMALL_MILLIS);
  }

  /** Removes an index; what is stored of it is cleared in the background. */
  void drop(String name, ViewDefinition view) {
    view.index(name).ifPresent(index -> drop(view, index));
  }

  private void drop(ViewDefinition view, IndexDefinition index) {
    Optional<ViewDefinition> rest =
        services.runner().run(transaction -> changes.drop(transaction, view.id(), index.id()));
    rest.ifPresent(services.views().maintenance().control()::redefine);
  }
}

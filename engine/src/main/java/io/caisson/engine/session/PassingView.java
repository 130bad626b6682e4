package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * Materialized views that are there while somebody subscribes to a query. They have all that views
 * have, so that what holds for these holds for them; one that is left after a crash goes when the
 * database is next opened. For one statement.
 */
public final class PassingView {
  private final SessionServices services;
  private final Catalog catalog;

  PassingView(SessionServices services, Catalog catalog) {
    this.services = services;
    this.catalog = catalog;
  }

  /** Whether an object is such a view. */
  static boolean isOne(CatalogObject object) {
    return object instanceof ViewDefinition view && view.passing();
  }

  /** Drops those that nobody dropped. */
  public static void dropAll(TransactionRunner runner, CatalogStore store) {
    for (CatalogObject object : runner.read(store::read).objects().values()) {
      if (isOne(object)) {
        drop(runner, store, object.name());
      }
    }
  }

  /** Makes a view of a query. */
  ViewDefinition create(Statement.CreateView query) {
    var definitions = new DefinitionStatements(services, catalog);
    Optional<ViewDefinition> created =
        definitions.store(
            new ViewDefinition(
                0,
                ViewDefinition.PASSING_PREFIX + UUID.randomUUID().toString().substring(0, 8),
                query.columns(),
                query.lateColumns(),
                query.query(),
                definitions.ids(query.inputs()),
                query.settings()),
            false);
    ViewDefinition view = created.orElseThrow();
    boolean kept = false;
    try {
      services.views().created(view, query.plan());
      kept = true;
      return view;
    } finally {
      if (!kept) {
        drop(view);
      }
    }
  }

  /** Drops it, unless that was done by somebody else. */
  void drop(ViewDefinition view) {
    services.views().dropped(view.id());
    drop(services.runner(), services.catalog(), view.name());
  }

  private static void drop(TransactionRunner runner, CatalogStore store, String name) {
    try {
      CatalogObject unused = runner.run(transaction -> store.drop(transaction, name));
    } catch (CaissonException e) {
      if (e.state() != SqlState.UNDEFINED_OBJECT) {
        throw e;
      }
    }
  }
}

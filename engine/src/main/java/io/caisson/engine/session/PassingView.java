package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Materialized views that people know nothing of: those that are there while somebody subscribes to
 * a query, and those that have the rows of a table for a subscription to it. They have all that
 * views have, so that what holds for these holds for them; one that is left after a crash goes when
 * the database is next opened. For one statement.
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
    return object instanceof ViewDefinition view && view.internal();
  }

  /** Drops those that nobody dropped. */
  public static void dropLeft(TransactionRunner runner, CatalogStore store) {
    Catalog known = runner.read(store::read);
    for (CatalogObject object : known.objects().values()) {
      if (isOne(object) && known.subscriptionsTo(object.id()).isEmpty()) {
        drop(runner, store, object.name());
      }
    }
  }

  /** Makes a view of a query that is followed. */
  ViewDefinition create(Statement.CreateView query) {
    return create(
        ViewDefinition.PASSING_PREFIX + UUID.randomUUID().toString().substring(0, 8), query);
  }

  /** Makes a view of a table's rows for a subscription. */
  ViewDefinition create(SubscriptionDefinition subscription, Statement.CreateView rows) {
    return create(subscription.name() + ViewDefinition.ROWS_SUFFIX, rows);
  }

  private ViewDefinition create(String name, Statement.CreateView query) {
    var definitions = new DefinitionStatements(services, catalog);
    Optional<ViewDefinition> created =
        definitions.store(
            new ViewDefinition(
                0,
                name,
                query.columns(),
                query.lateColumns(),
                query.query(),
                definitions.ids(query.inputs()),
                query.settings(),
                List.of()),
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

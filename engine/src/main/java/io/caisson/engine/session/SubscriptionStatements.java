package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.Retention;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.subscription.Following;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.SubscriptionChanges;
import io.caisson.model.subscription.Cursor;
import io.caisson.model.subscription.SubscriptionStore;
import io.caisson.sql.Statement;
import io.caisson.sql.SubscriptionChange;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP SUBSCRIPTION, and ACKNOWLEDGE. For one statement. */
final class SubscriptionStatements {
  private final SessionServices services;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final SubscriptionStore store;

  SubscriptionStatements(SessionServices services, Catalog catalog, Cancellation cancellation) {
    this.services = services;
    this.catalog = catalog;
    this.cancellation = cancellation;
    this.store = services.subscriptions().store();
  }

  /**
   * First the changes are logged, then there is a subscription that needs them: so none is missed.
   */
  Result create(Statement.CreateSubscription create) {
    SubscriptionDefinition definition = create.definition();
    boolean there = catalog.find(definition.name()).isPresent();
    if (!there || !create.ifNotExists()) {
      if (there) {
        throw new CaissonException(
                SqlState.DUPLICATE_OBJECT, "\"" + definition.name() + "\" exists already")
            .withHint("Choose another name, or drop the old one first.");
      }
      create(definition, create);
    }
    return new CommandResult("CREATE SUBSCRIPTION");
  }

  private void create(SubscriptionDefinition definition, Statement.CreateSubscription create) {
    Statement.CreateView rows = create.rows();
    if (rows == null) {
      create(definition, create.source());
      return;
    }
    var hidden = new PassingView(services, catalog);
    ViewDefinition view = hidden.create(definition, rows);
    boolean created = false;
    try {
      create(definition.withSource(view.id()), view);
      created = true;
    } finally {
      if (!created) {
        hidden.drop(view);
      }
    }
  }

  private void create(SubscriptionDefinition definition, CatalogObject source) {
    long end = log(source);
    boolean created = false;
    try {
      services
          .runner()
          .run(
              transaction -> {
                SubscriptionDefinition made = services.catalog().create(transaction, definition);
                store.reset(transaction, made, made.snapshot() ? Cursor.FRESH : Cursor.at(end));
                return made;
              });
      created = true;
    } finally {
      if (!created && source instanceof ViewDefinition view) {
        services.views().endLog(view.id());
      }
    }
  }

  /** Has changes of an object logged; answers behind which version they will be in the log. */
  private long log(CatalogObject source) {
    long now = services.runner().read(transaction -> transaction.getReadVersion().join());
    return source instanceof ViewDefinition view
        ? services.views().log(view, now, cancellation)
        : now;
  }

  Result alter(Statement.AlterSubscription alter) {
    SubscriptionDefinition subscription = alter.subscription();
    if (subscription != null) {
      if (alter.change() instanceof SubscriptionChange.Limits limits) {
        setLimits(subscription, limits.retention());
      } else {
        services.subscriptions().active().checkIdle(subscription);
        reset(subscription, alter.change());
      }
    }
    return new CommandResult("ALTER SUBSCRIPTION");
  }

  private void setLimits(SubscriptionDefinition subscription, Retention given) {
    var changes = new SubscriptionChanges(services.catalog());
    services
        .runner()
        .run(
            transaction ->
                changes.alter(
                    transaction,
                    subscription.name(),
                    now ->
                        now.withRetention(
                            new Retention(
                                given.ageMicros().isPresent()
                                    ? given.ageMicros()
                                    : now.retention().ageMicros(),
                                given.bytes().isPresent()
                                    ? given.bytes()
                                    : now.retention().bytes()))));
  }

  private void reset(SubscriptionDefinition subscription, SubscriptionChange change) {
    CatalogObject source = Following.source(subscription, catalog);
    if (change instanceof SubscriptionChange.ResetTo to) {
      long version = services.subscriptions().following().version(to.token(), source);
      write(
          subscription,
          transaction -> {
            store.checkKept(transaction, source, version);
            return Cursor.at(version);
          });
      return;
    }
    switch (((SubscriptionChange.Reset) change).place()) {
      case SNAPSHOT -> write(subscription, transaction -> Cursor.FRESH);
      case EARLIEST ->
          write(subscription, transaction -> Cursor.at(store.begin(transaction, source)));
      case LATEST -> {
        long end = log(source);
        write(subscription, transaction -> Cursor.at(end));
      }
    }
  }

  private interface NewCursor {
    Cursor in(Transaction transaction);
  }

  private void write(SubscriptionDefinition subscription, NewCursor cursor) {
    services
        .runner()
        .run(
            transaction -> {
              check(transaction, subscription);
              store.reset(transaction, subscription, cursor.in(transaction));
              return subscription;
            });
  }

  /** Fails where a subscription was dropped meanwhile; conflicts with whoever drops it. */
  private void check(Transaction transaction, SubscriptionDefinition subscription) {
    if (services.catalog().read(transaction).find(subscription.id()).isEmpty()) {
      throw new CaissonException(
          SqlState.UNDEFINED_NAME,
          "subscription \"" + subscription.name() + "\" was dropped meanwhile");
    }
  }

  /** Acknowledges in the session's transaction, or in one of its own. */
  Result acknowledge(Statement.Acknowledge acknowledge, @Nullable SessionTransaction session) {
    SubscriptionDefinition subscription = acknowledge.subscription();
    String token = String.valueOf(acknowledge.token());
    if (session == null) {
      services
          .runner()
          .run(
              transaction -> {
                acknowledge(transaction, subscription, token);
                return token;
              });
    } else {
      if (session.readOnly()) {
        throw new CaissonException(
            SqlState.READ_ONLY_TRANSACTION,
            "cannot execute ACKNOWLEDGE in a read-only transaction");
      }
      session.working().writesInto(subscription);
      acknowledge(session.working().transaction(), subscription, token);
    }
    return new CommandResult("ACKNOWLEDGE");
  }

  private void acknowledge(
      Transaction transaction, SubscriptionDefinition subscription, String token) {
    check(transaction, subscription);
    CatalogObject source = Following.source(subscription, catalog);
    long version = services.subscriptions().following().version(token, source);
    store.acknowledge(transaction, subscription, source, version);
  }
}

package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.subscription.ChangeSource;
import io.caisson.engine.subscription.Following;
import io.caisson.engine.subscription.OwnedChanges;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Plan;
import io.caisson.plan.UniqueKeys;
import io.caisson.sql.Statement;
import io.caisson.sql.SubscribeOptions;
import java.util.List;
import java.util.function.LongFunction;

/** SUBSCRIBE: what is there already, and every change after it. For one statement. */
final class SubscribeStatement {
  private final SessionServices services;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final Following following;

  SubscribeStatement(SessionServices services, Catalog catalog, Cancellation cancellation) {
    this.services = services;
    this.catalog = catalog;
    this.cancellation = cancellation;
    this.following = services.subscriptions().following();
  }

  /**
   * What is followed.
   *
   * @param source the view or stream, or what belongs to a view
   * @param changes what it gains and loses
   */
  record Opened(CatalogObject source, ChangeSource changes) {}

  /** SUBSCRIBE as a statement that answers rows. */
  Result subscribe(Statement statement) {
    Opened opened = open(statement);
    boolean answered = false;
    try {
      ChangeRows form = form(opened.source(), statement);
      answered = true;
      return new RowResult(
          "SUBSCRIBE",
          form.header(),
          new SubscribedRows(opened.changes(), form, cancellation),
          opened.changes()::close);
    } finally {
      if (!answered) {
        opened.changes().close();
      }
    }
  }

  /** Begins to follow what a SUBSCRIBE names, or its query. */
  Opened open(Statement statement) {
    if (statement instanceof Statement.SubscribeQuery query) {
      return open(query);
    }
    var subscribe = (Statement.Subscribe) statement;
    CatalogObject target = subscribe.target();
    Following.Request request = request(subscribe.options());
    if (target instanceof SubscriptionDefinition subscription) {
      CatalogObject source = Following.source(subscription, catalog);
      return new Opened(source, following.read(subscription, source, request));
    }
    return new Opened(target, following.follow(target, request));
  }

  /** A query is followed through a view that is there only meanwhile. */
  private Opened open(Statement.SubscribeQuery query) {
    var passing = new PassingView(services, catalog);
    ViewDefinition view = passing.create(query.view());
    boolean followed = false;
    try {
      ChangeSource changes = following.follow(view, request(query.options()));
      followed = true;
      return new Opened(view, new OwnedChanges(changes, () -> passing.drop(view)));
    } finally {
      if (!followed) {
        passing.drop(view);
      }
    }
  }

  private Following.Request request(SubscribeOptions options) {
    return new Following.Request(options.snapshot(), options.token(), cancellation);
  }

  private ChangeRows form(CatalogObject source, Statement statement) {
    SubscribeOptions options =
        statement instanceof Statement.SubscribeQuery query
            ? query.options()
            : ((Statement.Subscribe) statement).options();
    LongFunction<String> tokens = version -> following.token(source, version).toString();
    return options.upsert()
        ? new UpsertRows(source.columns(), key(source, statement), options.progress(), tokens)
        : new ChangeRows(source.columns(), options.progress(), tokens);
  }

  private List<Integer> key(CatalogObject source, Statement statement) {
    if (statement instanceof Statement.SubscribeQuery query) {
      return key(source, query.view().plan());
    }
    if (source instanceof ViewDefinition view) {
      return key(view, new StandingQueries(services.sql()).plan(view, catalog));
    }
    throw noKey(
        source, source instanceof StreamDefinition ? "a stream has no key" : "it has no key");
  }

  private static List<Integer> key(CatalogObject source, Plan plan) {
    return UniqueKeys.of(plan)
        .orElseThrow(() -> noKey(source, "none of its columns are known to be a key"));
  }

  private static CaissonException noKey(CatalogObject target, String why) {
    String name = PassingView.isOne(target) ? "the query" : "\"" + target.name() + "\"";
    return new CaissonException(
            SqlState.FEATURE_NOT_SUPPORTED,
            name + " cannot be followed with ENVELOPE = 'upsert': " + why)
        .withHint(
            "A view has a key that groups its rows, selects the primary keys of its tables, or"
                + " takes one row of each partition.");
  }
}

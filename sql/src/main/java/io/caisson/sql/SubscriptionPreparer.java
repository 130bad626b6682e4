package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.Retention;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.define.Definitions;
import io.caisson.sql.define.SubscriptionOptions;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import io.caisson.sql.syntax.ExpressionSyntax;
import io.caisson.sql.syntax.OptionSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Understands SUBSCRIBE, ACKNOWLEDGE and the definitions of subscriptions. For one statement. */
final class SubscriptionPreparer {
  private static final Set<String> FOLLOWING = Set.of("snapshot", "progress", "envelope");
  private static final Set<String> KEEPING = Set.of("snapshot", Retention.AGE, Retention.BYTES);
  private static final Set<String> LIMITS = Set.of(Retention.AGE, Retention.BYTES);

  private final Catalog catalog;
  private final SqlErrors errors;
  private final SubscriptionOptions options;

  SubscriptionPreparer(Catalog catalog, SqlErrors errors) {
    this.catalog = catalog;
    this.errors = errors;
    this.options = new SubscriptionOptions(errors);
  }

  /**
   * SUBSCRIBE.
   *
   * @param view understands a query, which is given with its text, as the one of a view
   * @param text finds the text of a query
   */
  Statement subscribe(
      StatementSyntax.Subscribe subscribe,
      BiFunction<StatementSyntax.CreateView, String, Statement.CreateView> view,
      Function<ExpressionSyntax, String> text) {
    Map<String, OptionSyntax> given =
        options.named(
            subscribe.options(),
            FOLLOWING,
            "SUBSCRIBE has the options SNAPSHOT, PROGRESS and ENVELOPE.");
    SqlNode token = subscribe.token();
    SqlIdentifier name = subscribe.name();
    ExpressionSyntax query = subscribe.query();
    CatalogObject target = name == null ? null : object(name);
    if (token != null && given.containsKey("snapshot") && snapshot(given)) {
      throw errors
          .at(
              SqlState.INVALID_PARAMETER,
              "SUBSCRIBE goes on behind a token or begins with a snapshot, not both",
              token.getParserPosition())
          .withHint("Leave out one of AS OF and SNAPSHOT.");
    }
    var how =
        new SubscribeOptions(
            token == null && snapshot(given),
            options.flag(given, "progress", target instanceof SubscriptionDefinition),
            options.upsert(given),
            token == null ? null : text(token));
    if (target != null && !needsView(target)) {
      return new Statement.Subscribe(target, how);
    }
    if (token != null) {
      throw errors
          .unsupported(
              "a query or a table has no changes of the past to go on with",
              token.getParserPosition())
          .withHint("Create a materialized view of it, and subscribe to that.");
    }
    if (query != null) {
      StatementSyntax.CreateView create = create(query.node());
      return new Statement.SubscribeQuery(view.apply(create, text.apply(query)), how);
    }
    return new Statement.SubscribeQuery(rows(Objects.requireNonNull(target), view), how);
  }

  /** A view of all rows of an object. */
  private Statement.CreateView rows(
      CatalogObject object,
      BiFunction<StatementSyntax.CreateView, String, Statement.CreateView> view) {
    String query = "SELECT * FROM \"" + object.name().replace("\"", "\"\"") + "\"";
    SqlNode syntax = SqlTextParser.parse(StatementText.split(query).get(0), errors);
    return view.apply(create(syntax), query);
  }

  /** Whether only a standing query learns what something gains and loses. */
  private static boolean needsView(CatalogObject target) {
    return target instanceof KeyedObject || target instanceof PlainViewDefinition;
  }

  private static StatementSyntax.CreateView create(SqlNode query) {
    return new StatementSyntax.CreateView(
        new SqlIdentifier("", query.getParserPosition()),
        false,
        true,
        false,
        SqlNodeList.EMPTY,
        List.of(),
        query,
        null);
  }

  private boolean snapshot(Map<String, OptionSyntax> given) {
    return options.flag(given, "snapshot", true);
  }

  private String text(SqlNode token) {
    if (token instanceof SqlDynamicParam) {
      throw errors
          .unsupported("AS OF takes no parameter here", token.getParserPosition())
          .withHint("Write the token into the statement, in quotes.");
    }
    return Definitions.text(token);
  }

  /**
   * CREATE SUBSCRIPTION.
   *
   * @param view as of {@link #subscribe}
   */
  Statement create(
      StatementSyntax.CreateSubscription create,
      BiFunction<StatementSyntax.CreateView, String, Statement.CreateView> view) {
    Map<String, OptionSyntax> given =
        options.named(
            create.options(),
            KEEPING,
            "A subscription has the options snapshot, retention and retention_bytes.");
    CatalogObject source = object(create.source());
    boolean fits =
        source instanceof ViewDefinition
            || source instanceof StreamDefinition
            || source instanceof KeyedObject;
    if (!fits) {
      throw ObjectKinds.wrong(
              source, "materialized view, a stream or a table", create.source(), errors)
          .withHint(
              "Subscribe to a materialized view over it: CREATE MATERIALIZED VIEW v AS SELECT *"
                  + " FROM "
                  + source.name()
                  + ".");
    }
    Retention limits = options.limits(given);
    var definition =
        new SubscriptionDefinition(
            0,
            create.name().getSimple(),
            source.id(),
            options.flag(given, "snapshot", false),
            new Retention(
                OptionalLong.of(
                    limits.ageMicros().orElse(SubscriptionDefinition.DEFAULT_AGE_MICROS)),
                OptionalLong.of(limits.bytes().orElse(SubscriptionDefinition.DEFAULT_BYTES))));
    Statement.CreateView rows = source instanceof KeyedObject ? rows(source, view) : null;
    return new Statement.CreateSubscription(definition, source, rows, create.ifNotExists());
  }

  Statement alter(StatementSyntax.AlterSubscription alter) {
    boolean none = alter.ifExists() && catalog.find(alter.name().getSimple()).isEmpty();
    SubscriptionDefinition subscription = none ? null : subscription(alter.name());
    List<OptionSyntax> given = alter.options();
    if (given != null) {
      Retention limits =
          options.limits(
              options.named(
                  given, LIMITS, "The options retention and retention_bytes can be changed."));
      return new Statement.AlterSubscription(subscription, new SubscriptionChange.Limits(limits));
    }
    return new Statement.AlterSubscription(subscription, reset(alter.to(), subscription));
  }

  private SubscriptionChange reset(
      @Nullable SqlNode to, @Nullable SubscriptionDefinition subscription) {
    if (to == null) {
      boolean snapshot = subscription != null && subscription.snapshot();
      return new SubscriptionChange.Reset(
          snapshot ? SubscriptionChange.Place.SNAPSHOT : SubscriptionChange.Place.LATEST);
    }
    if (!(to instanceof SqlIdentifier word)) {
      return new SubscriptionChange.ResetTo(text(to));
    }
    for (SubscriptionChange.Place place : SubscriptionChange.Place.values()) {
      if (place.name().toLowerCase(Locale.ROOT).equals(word.getSimple())) {
        return new SubscriptionChange.Reset(place);
      }
    }
    throw errors
        .at(
            SqlState.SYNTAX_ERROR,
            "syntax error at or near \"" + word.getSimple() + "\"",
            word.getParserPosition())
        .withHint("RESET goes to SNAPSHOT, LATEST, EARLIEST, or a token in quotes.");
  }

  Statement acknowledge(StatementSyntax.Acknowledge acknowledge) {
    SqlNode token = acknowledge.token();
    return new Statement.Acknowledge(
        subscription(acknowledge.name()),
        token instanceof SqlDynamicParam ? null : Definitions.text(token));
  }

  private CatalogObject object(SqlIdentifier name) {
    return catalog
        .find(name.getSimple())
        .orElseThrow(() -> errors.noRelation(name.getSimple(), name.getParserPosition()));
  }

  private SubscriptionDefinition subscription(SqlIdentifier name) {
    CatalogObject object = catalog.find(name.getSimple()).orElseThrow(() -> noSubscription(name));
    if (object instanceof SubscriptionDefinition subscription) {
      return subscription;
    }
    throw ObjectKinds.wrong(object, "subscription", name, errors);
  }

  private CaissonException noSubscription(SqlIdentifier name) {
    return errors.at(
        SqlState.UNDEFINED_NAME,
        "subscription \"" + name.getSimple() + "\" does not exist",
        name.getParserPosition());
  }
}

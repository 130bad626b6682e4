package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Field;
import io.caisson.plan.Plan;
import io.caisson.sql.convert.PlanConverter;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import io.caisson.sql.syntax.StatementNode;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.validate.ValidatedQuery;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/** Understands CREATE MATERIALIZED VIEW. For one statement. */
final class ViewPreparer {
  private final Catalog catalog;
  private final SqlErrors errors;
  private final Function<SqlNode, ValidatedQuery> validation;

  ViewPreparer(Catalog catalog, SqlErrors errors, Function<SqlNode, ValidatedQuery> validation) {
    this.catalog = catalog;
    this.errors = errors;
    this.validation = validation;
  }

  Statement prepare(StatementSyntax.CreateView create, String text) {
    if (!create.materialized()) {
      throw errors
          .unsupported("plain views are not supported yet", create.name().getParserPosition())
          .withHint("Use CREATE MATERIALIZED VIEW.");
    }
    if (!create.columns().isEmpty()) {
      throw errors
          .unsupported(
              "a list of column names is not supported", create.columns().getParserPosition())
          .withHint("Name the columns in the query, with AS.");
    }
    ValidatedQuery query = validation.apply(create.query());
    checkNames(query, create);
    Plan plan;
    try {
      plan = new PlanConverter(catalog, this::planOf).convert(query, query.names());
      checkWindows(plan);
    } catch (CaissonException error) {
      throw error.position() == null
          ? error.withPosition(errors.position(create.query().getParserPosition()))
          : error;
    }
    return new Statement.CreateView(
        create.name().getSimple(),
        create.ifNotExists(),
        StatementText.queryOf(text),
        plan,
        columns(plan.fields()),
        windows(plan).findFirst().map(window -> columns(window.fields())).orElse(List.of()),
        query.inputs());
  }

  private void checkNames(ValidatedQuery query, StatementSyntax.CreateView create) {
    var seen = new HashSet<String>();
    for (int i = 0; i < query.names().size(); i++) {
      String name = query.names().get(i);
      if (!seen.add(name)) {
        SqlNode place =
            query.nodes().size() == query.names().size() ? query.nodes().get(i) : create.query();
        throw errors
            .at(
                SqlState.DUPLICATE_COLUMN,
                "column \"" + name + "\" specified more than once",
                place.getParserPosition())
            .withHint("Give each column a name of its own with AS.");
      }
    }
  }

  /** A view that reads another one has that one's query in its place. */
  private Plan planOf(ViewDefinition view) {
    String text = "CREATE MATERIALIZED VIEW v AS " + view.query();
    StatementText statement = StatementText.split(text).get(0);
    SqlNode syntax = SqlTextParser.parse(statement, errors);
    if (syntax instanceof StatementNode node
        && node.statement() instanceof StatementSyntax.CreateView create) {
      ValidatedQuery query = validation.apply(create.query());
      return new PlanConverter(catalog, this::planOf).convert(query, query.names());
    }
    throw new IllegalStateException("the query of \"" + view.name() + "\" is none");
  }

  private static Stream<Plan.TumbleWindow> windows(Plan plan) {
    Stream<Plan.TumbleWindow> below = plan.inputs().stream().flatMap(ViewPreparer::windows);
    return plan instanceof Plan.TumbleWindow window
        ? Stream.concat(Stream.of(window), below)
        : below;
  }

  /** There is one place for late rows, so far. */
  private static void checkWindows(Plan plan) {
    if (windows(plan).distinct().count() > 1) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "a materialized view cannot have more than one window yet")
          .withHint(
              "Join the streams first, or keep a view for each window and join when you query.");
    }
  }

  private static List<ColumnDefinition> columns(List<Field> fields) {
    return fields.stream().map(f -> new ColumnDefinition(f.name(), f.type())).toList();
  }
}

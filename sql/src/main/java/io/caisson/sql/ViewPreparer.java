package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewReplacement;
import io.caisson.catalog.ViewSettings;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.EmitOnClose;
import io.caisson.plan.EventTime;
import io.caisson.plan.Field;
import io.caisson.plan.LateRows;
import io.caisson.plan.Plan;
import io.caisson.plan.SkipErrors;
import io.caisson.sql.convert.PlanConverter;
import io.caisson.sql.define.ViewOptions;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.StatementText;
import io.caisson.sql.run.QueryPlanner;
import io.caisson.sql.syntax.QuerySyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.validate.ValidatedQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Understands CREATE VIEW and CREATE MATERIALIZED VIEW. For one statement. */
final class ViewPreparer {
  private final Catalog catalog;
  private final SqlErrors errors;
  private final BiFunction<Catalog, SqlNode, ValidatedQuery> validation;

  ViewPreparer(
      Catalog catalog, SqlErrors errors, BiFunction<Catalog, SqlNode, ValidatedQuery> validation) {
    this.catalog = catalog;
    this.errors = errors;
    this.validation = validation;
  }

  Statement prepare(StatementSyntax.CreateView create, String text) {
    if (create.materialized() && !create.columns().isEmpty()) {
      throw errors
          .unsupported(
              "a list of column names is not supported", create.columns().getParserPosition())
          .withHint("Name the columns in the query, with AS.");
    }
    if (!create.materialized() && !create.options().isEmpty()) {
      throw errors
          .unsupported(
              "a plain view has no options", create.options().get(0).name().getParserPosition())
          .withHint("Write CREATE MATERIALIZED VIEW.");
    }
    ValidatedQuery query = validation.apply(catalog, create.query());
    List<String> names = names(query, create);
    checkNames(names, query, create);
    if (!create.materialized() && create.emitOnClose() != null) {
      throw errors
          .unsupported("a plain view is not emitted", create.emitOnClose())
          .withHint("Write CREATE MATERIALIZED VIEW.");
    }
    if (!create.materialized()) {
      return plain(create, query, names, StatementText.queryOf(text));
    }
    ViewSettings settings = new ViewOptions(errors).read(create.options());
    Plan plan;
    try {
      plan =
          new PlanConverter(catalog, this::planOf, settings.allowedLatenessMicros())
              .convert(unordered(query, create), names);
      plan = emitted(plan, create);
    } catch (CaissonException error) {
      throw error.position() == null
          ? error.withPosition(errors.position(create.query().getParserPosition()))
          : error;
    }
    if (settings.skipsErrors()) {
      plan = new SkipErrors(plan);
    }
    List<ColumnDefinition> columns = columns(plan.fields());
    return new Statement.CreateView(
        create.name().getSimple(),
        create.ifNotExists(),
        StatementText.queryOf(text),
        plan,
        columns,
        columns(LateRows.of(plan).fields()),
        query.inputs(),
        settings,
        create.replace() && replaces(create, columns, query.inputs()));
  }

  /** Whether there is a view of the name, which then must be one that can be replaced. */
  private boolean replaces(
      StatementSyntax.CreateView create, List<ColumnDefinition> columns, Set<String> inputs) {
    CatalogObject known = catalog.find(create.name().getSimple()).orElse(null);
    if (known == null) {
      return false;
    }
    if (!(known instanceof ViewDefinition old)) {
      throw ObjectKinds.wrong(known, "materialized view", create.name(), errors);
    }
    List<Long> ids =
        inputs.stream().flatMap(n -> catalog.find(n).stream()).map(CatalogObject::id).toList();
    placed(create, () -> ViewReplacement.check(old, columns, ids, catalog));
    return true;
  }

  private void placed(StatementSyntax.CreateView create, Runnable check) {
    try {
      check.run();
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(create.name().getParserPosition()));
    }
  }

  private Statement plain(
      StatementSyntax.CreateView create, ValidatedQuery query, List<String> names, String text) {
    List<ColumnDefinition> columns = QueryPlanner.columns(query, names);
    String name = create.name().getSimple();
    CatalogObject known = create.replace() ? catalog.objects().get(name) : null;
    if (known != null) {
      checkReplacement(known, columns, create);
    }
    return new Statement.CreatePlainView(
        new PlainViewDefinition(0, name, columns, text, List.of()),
        query.inputs(),
        known != null,
        create.ifNotExists());
  }

  /** Who reads the old view finds its columns in the new one; more may come behind them. */
  private void checkReplacement(
      CatalogObject known, List<ColumnDefinition> columns, StatementSyntax.CreateView create) {
    SqlParserPos place = create.name().getParserPosition();
    if (!(known instanceof PlainViewDefinition old)) {
      throw errors.at(SqlState.WRONG_OBJECT_TYPE, "\"" + known.name() + "\" is not a view", place);
    }
    placed(create, () -> ViewReplacement.checkColumns(old.columns(), columns));
  }

  /** The names of the columns: those that are listed, then those of the query. */
  private List<String> names(ValidatedQuery query, StatementSyntax.CreateView create) {
    var names = new ArrayList<String>(query.names());
    if (create.columns().size() > names.size()) {
      throw errors.at(
          SqlState.SYNTAX_ERROR,
          "CREATE VIEW specifies more column names than columns",
          create.columns().getParserPosition());
    }
    for (int i = 0; i < create.columns().size(); i++) {
      names.set(i, ((SqlIdentifier) create.columns().get(i)).getSimple());
    }
    return names;
  }

  private void checkNames(
      List<String> names, ValidatedQuery query, StatementSyntax.CreateView create) {
    var seen = new HashSet<String>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!seen.add(name)) {
        SqlNode place =
            query.nodes().size() == names.size() ? query.nodes().get(i) : create.query();
        throw errors
            .at(
                SqlState.DUPLICATE_COLUMN,
                "column \"" + name + "\" specified more than once",
                place.getParserPosition())
            .withHint("Give each column a name of its own with AS.");
      }
    }
  }

  /**
   * A view that reads another one has that one's query in its place, over the columns that there
   * were when it came.
   */
  private Plan planOf(ViewDefinition view) {
    StatementSyntax.CreateView create = ViewQueryText.parse(view.query(), errors);
    Catalog known = catalog.asKnownTo(view.id());
    ValidatedQuery query = validation.apply(known, create.query());
    return emitted(
        new PlanConverter(known, this::planOf, view.settings().allowedLatenessMicros())
            .convert(unordered(query, create), query.names()),
        create);
  }

  /** ORDER BY behind DISTINCT ON says which rows there are; a view's rows have no order. */
  private static ValidatedQuery unordered(ValidatedQuery query, StatementSyntax.CreateView create) {
    return create.query() instanceof SqlOrderBy order
            && order.query instanceof SqlSelect select
            && QuerySyntax.isDistinctOn(select)
        ? query.unordered()
        : query;
  }

  private Plan emitted(Plan plan, StatementSyntax.CreateView create) {
    if (create.emitOnClose() == null) {
      return plan;
    }
    List<Integer> all = IntStream.range(0, plan.fields().size()).boxed().toList();
    return EventTime.firstSettled(EventTime.of(plan), all)
        .map(column -> new EmitOnClose(plan, column))
        .orElseThrow(
            () ->
                errors
                    .unsupported(
                        "EMIT ON WINDOW CLOSE needs a window's end among the view's columns",
                        create.emitOnClose())
                    .withHint("Select window_end, and group by it where the query groups."));
  }

  private static List<ColumnDefinition> columns(List<Field> fields) {
    return fields.stream().map(f -> new ColumnDefinition(f.name(), f.type())).toList();
  }
}

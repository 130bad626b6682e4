package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.SqlState;
import io.caisson.format.RowFormat;
import io.caisson.sql.define.BucketOptions;
import io.caisson.sql.define.ColumnExpressions;
import io.caisson.sql.define.CopyOptions;
import io.caisson.sql.define.Definitions;
import io.caisson.sql.define.TableChanges;
import io.caisson.sql.define.TableDefinitions;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.run.PlanningContext;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.QueryPlanner;
import io.caisson.sql.syntax.CopySyntax;
import io.caisson.sql.syntax.StatementNode;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.syntax.TableChangeSyntax;
import io.caisson.sql.validate.ParameterTypes;
import io.caisson.sql.validate.QueryValidator;
import io.caisson.sql.validate.ValidatedQuery;
import io.caisson.sql.write.CopyPlanner;
import io.caisson.sql.write.InsertPlanner;
import io.caisson.sql.write.WritePlanner;
import io.caisson.sql.write.WritePlanning;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.sql.SqlDescribeTable;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Understands one statement in the light of one catalog. For one thread. */
final class StatementPreparer {
  private final Catalog catalog;
  private final UserFunctions functions;
  private final QueryPlanner planner;
  private final PlanningContext context;
  private final SqlErrors errors;
  private final ParameterTypes parameters;
  private final int defaultShards;

  StatementPreparer(
      Catalog catalog,
      UserFunctions functions,
      QueryPlanner planner,
      PlanningContext context,
      SqlErrors errors,
      ParameterTypes parameters,
      int defaultShards) {
    this.catalog = catalog;
    this.functions = functions;
    this.planner = planner;
    this.context = context;
    this.errors = errors;
    this.parameters = parameters;
    this.defaultShards = defaultShards;
  }

  Statement prepare(ParsedStatement statement) {
    SqlNode syntax = statement.syntax();
    if (syntax instanceof StatementNode ours) {
      return prepare(ours.statement(), statement);
    }
    if (syntax instanceof SqlDescribeTable describe) {
      SqlIdentifier table = describe.getTable();
      return new Statement.Show(Statement.Shown.COLUMNS, null, object(table));
    }
    if (SqlKind.QUERY.contains(syntax.getKind())) {
      return new Statement.Query(query(syntax));
    }
    if (syntax instanceof SqlInsert insert && insert.isUpsert()) {
      throw errors
          .unsupported("UPSERT is not supported", insert.getParserPosition())
          .withHint("Use INSERT ... ON CONFLICT (...) DO UPDATE SET ....");
    }
    throw errors.at(SqlState.SYNTAX_ERROR, "this is no statement", syntax.getParserPosition());
  }

  private Statement prepare(StatementSyntax syntax, ParsedStatement statement) {
    Statement definition = definition(syntax, statement);
    return definition == null ? command(syntax, statement) : definition;
  }

  /** CREATE and ALTER; null for anything else. */
  private @Nullable Statement definition(StatementSyntax syntax, ParsedStatement statement) {
    if (syntax instanceof StatementSyntax.CreateStream create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      return new Statement.CreateStream(
          new Definitions(errors).stream(create, defaultShards), create.ifNotExists());
    }
    if (syntax instanceof StatementSyntax.CreateChangelog create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      return streams().changelog(create);
    }
    if (syntax instanceof StatementSyntax.AlterStream alter) {
      return streams().alter(alter);
    }
    if (syntax instanceof StatementSyntax.CreateTable create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      return new Statement.CreateTable(tables(statement).table(create), create.ifNotExists());
    }
    if (syntax instanceof StatementSyntax.CreateIndex create) {
      return createIndex(create, statement);
    }
    if (syntax instanceof StatementSyntax.AlterTable alter) {
      return alterTable(alter, statement);
    }
    if (syntax instanceof StatementSyntax.CreateFunction create) {
      return new FunctionPreparer(catalog, functions, errors).create(create);
    }
    if (syntax instanceof StatementSyntax.DropFunction drop) {
      return new FunctionPreparer(catalog, functions, errors).drop(drop);
    }
    Optional<Statement> schemaless = schemaless(syntax);
    if (schemaless.isPresent()) {
      return schemaless.get();
    }
    if (syntax instanceof StatementSyntax.CreateView create) {
      checkName(create.name());
      return new ViewPreparer(catalog, errors, this::validate).prepare(create, statement.text());
    }
    if (syntax instanceof StatementSyntax.CreateSubscription create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      return subscriptions().create(create, this::followed);
    }
    if (syntax instanceof StatementSyntax.AlterSubscription alter) {
      return subscriptions().alter(alter);
    }
    if (syntax instanceof StatementSyntax.AlterView alter) {
      boolean none = alter.ifExists() && catalog.find(alter.name().getSimple()).isEmpty();
      return new Statement.AlterView(
          none ? null : view(alter.name()), Statement.ViewCommand.valueOf(alter.command().name()));
    }
    return null;
  }

  private Statement command(StatementSyntax syntax, ParsedStatement statement) {
    if (syntax instanceof StatementSyntax.Drop drop) {
      return drop(drop);
    }
    if (syntax instanceof StatementSyntax.Comment comment) {
      return new CommentPreparer(catalog, errors).prepare(comment);
    }
    if (syntax instanceof StatementSyntax.Show show) {
      return show(show);
    }
    if (syntax instanceof StatementSyntax.ExplainQuery explain) {
      ValidatedQuery query = validate(explain.query());
      PreparedQuery planned =
          explain.analyze() ? planner.planMeasured(query, context) : plan(query);
      return new Statement.ExplainQuery(
          planned, explain.analyze(), explain.json(), explain.timing());
    }
    if (syntax instanceof StatementSyntax.ExplainView explain) {
      return new Statement.ExplainView(view(explain.name()), explain.analyze(), explain.timing());
    }
    if (syntax instanceof StatementSyntax.Vacuum vacuum) {
      SqlIdentifier name = vacuum.name();
      return new Statement.Vacuum(name == null ? null : object(name));
    }
    if (syntax instanceof StatementSyntax.Subscribe subscribe) {
      return subscriptions()
          .subscribe(subscribe, this::followed, query -> statement.textAt(query.place()));
    }
    if (syntax instanceof StatementSyntax.Acknowledge acknowledge) {
      return subscriptions().acknowledge(acknowledge);
    }
    if (syntax instanceof StatementSyntax.Write write) {
      return new Statement.Write(new WritePlanner(planning()).plan(write.write()));
    }
    if (syntax instanceof StatementSyntax.Copy copy) {
      return copy(copy.copy());
    }
    if (syntax instanceof StatementSyntax.Transaction transaction) {
      return transaction(transaction);
    }
    if (syntax instanceof StatementSyntax.SetOption set) {
      SqlNode value = set.value();
      return new Statement.SetOption(
          set.name().getSimple(), value == null ? null : Definitions.text(value));
    }
    return new Statement.ExplainStorage();
  }

  private SubscriptionPreparer subscriptions() {
    return new SubscriptionPreparer(catalog, errors);
  }

  /** The query of a SUBSCRIBE, as if it were that of a view. */
  private Statement.CreateView followed(StatementSyntax.CreateView create, String query) {
    return (Statement.CreateView)
        new ViewPreparer(catalog, errors, this::validate).prepare(create, "AS " + query);
  }

  private WritePlanning planning() {
    return new WritePlanning(catalog, errors, this::validate, this::plan);
  }

  private Statement copy(CopySyntax copy) {
    RowFormat format = new CopyOptions(errors, copy.from()).read(copy.options());
    CopyEnd end = copyEnd(copy);
    var planner = new CopyPlanner(planning());
    if (copy.from()) {
      CopyPlanner.Target target = planner.target(copy);
      SqlNode where = copy.where();
      return new Statement.CopyFrom(
          target.object(),
          target.positions(),
          end,
          format,
          where == null ? null : expressions().copied(target.object(), where));
    }
    if (copy.where() != null) {
      throw errors
          .at(
              SqlState.SYNTAX_ERROR,
              "WHERE clause not allowed with COPY TO",
              copy.where().getParserPosition())
          .withHint("COPY (SELECT ... WHERE ...) TO copies the rows of a query.");
    }
    return new Statement.CopyTo(planner.source(copy), end, format);
  }

  private CopyEnd copyEnd(CopySyntax copy) {
    SqlParserPos place = copy.end().getParserPosition();
    if (!(copy.end() instanceof SqlIdentifier word)) {
      return new CopyEnd(Definitions.text(copy.end()), errors.position(place));
    }
    String name = word.getSimple();
    if (name.equals("stdin") || name.equals("stdout")) {
      return new CopyEnd(null, errors.position(place));
    }
    String standard = copy.from() ? "STDIN" : "STDOUT";
    throw errors
        .at(SqlState.SYNTAX_ERROR, "syntax error at or near \"" + name + "\"", place)
        .withHint("Name a file in quotes, or " + standard + ".");
  }

  private StreamPreparer streams() {
    return new StreamPreparer(
        catalog, errors, new InsertPlanner(errors, this::validate, planner::plan));
  }

  /** CREATE of an object whose columns are not said, where it is one. */
  private Optional<Statement> schemaless(StatementSyntax syntax) {
    if (syntax instanceof StatementSyntax.CreateRecordTable create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      var definition = new RecordTableDefinition(0, create.name().getSimple());
      return Optional.of(new Statement.CreateObject(definition, create.ifNotExists()));
    }
    if (syntax instanceof StatementSyntax.CreateCollection create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      var definition = new CollectionDefinition(0, create.name().getSimple());
      return Optional.of(new Statement.CreateObject(definition, create.ifNotExists()));
    }
    if (syntax instanceof StatementSyntax.CreateBucket create) {
      refuseReplace(create.replace(), create.name());
      checkName(create.name());
      return Optional.of(
          new Statement.CreateObject(
              new BucketOptions(errors).bucket(create), create.ifNotExists()));
    }
    return Optional.empty();
  }

  private ColumnExpressions expressions() {
    return new ColumnExpressions(UserFunctions.builtIn(), planner, errors);
  }

  private TableDefinitions tables(ParsedStatement statement) {
    return new TableDefinitions(catalog, errors, expressions(), statement::textAt);
  }

  private TableDefinition table(SqlIdentifier name) {
    CatalogObject object = object(name);
    if (object instanceof TableDefinition table) {
      return table;
    }
    throw ObjectKinds.wrong(object, "table", name, errors);
  }

  private Statement createIndex(StatementSyntax.CreateIndex create, ParsedStatement statement) {
    SqlIdentifier name = create.index().name();
    if (name != null) {
      checkName(name);
    }
    CatalogObject object = object(create.index().table());
    IndexedRelation indexed =
        object instanceof CollectionDefinition || object instanceof ViewDefinition
            ? (IndexedRelation) object
            : table(create.index().table());
    return new Statement.CreateIndex(
        indexed,
        tables(statement).index(indexed, create.index()),
        create.concurrently(),
        create.ifNotExists());
  }

  private Statement alterTable(StatementSyntax.AlterTable alter, ParsedStatement statement) {
    if (alter.ifExists() && catalog.find(alter.table().getSimple()).isEmpty()) {
      return new Statement.AlterTable(null, null, List.of());
    }
    TableDefinition table = table(alter.table());
    var changes = new TableChanges(catalog, errors, tables(statement), expressions(), table);
    for (TableChangeSyntax change : alter.changes()) {
      if (change instanceof TableChangeSyntax.Rename rename) {
        checkName(rename.newName());
      }
      changes.apply(change);
    }
    return new Statement.AlterTable(table, changes.table(), changes.notNull());
  }

  private void refuseReplace(boolean replace, SqlIdentifier name) {
    if (replace) {
      throw errors
          .unsupported("CREATE OR REPLACE is not supported yet", name.getParserPosition())
          .withHint("Drop the object first, or use IF NOT EXISTS.");
    }
  }

  private void checkName(SqlIdentifier name) {
    if (name.getSimple().contains("$")) {
      throw errors
          .at(
              SqlState.INVALID_NAME,
              "the name \"" + name.getSimple() + "\" must not contain $",
              name.getParserPosition())
          .withHint("Names with $ belong to Caisson, as the late rows of a view do.");
    }
  }

  private ValidatedQuery validate(SqlNode query) {
    return validate(catalog, query);
  }

  private ValidatedQuery validate(Catalog known, SqlNode query) {
    RelOptPlanner calcite = QueryPlanner.newPlanner();
    return new QueryValidator(known, functions.with(known.functions()), errors, calcite)
        .validate(query, parameters);
  }

  private PreparedQuery query(SqlNode query) {
    return plan(validate(query));
  }

  private PreparedQuery plan(ValidatedQuery query) {
    return planner.plan(query, context);
  }

  private CatalogObject object(SqlIdentifier name) {
    return catalog
        .find(name.getSimple())
        .orElseThrow(() -> errors.noRelation(name.getSimple(), name.getParserPosition()));
  }

  private ViewDefinition view(SqlIdentifier name) {
    CatalogObject object = object(name);
    if (object instanceof ViewDefinition view) {
      return view;
    }
    throw ObjectKinds.wrong(object, "materialized view", name, errors);
  }

  private Statement drop(StatementSyntax.Drop drop) {
    String name = drop.name().getSimple();
    if (drop.kind() == StatementSyntax.ObjectKind.INDEX) {
      return dropIndex(drop);
    }
    CatalogObject object = catalog.find(name).orElse(null);
    if (object == null) {
      if (drop.ifExists()) {
        return new Statement.Drop(name, null);
      }
      throw errors.noRelation(name, drop.name().getParserPosition());
    }
    ObjectKinds.check(drop.kind(), object, drop.name(), "DROP", errors);
    return new Statement.Drop(name, object);
  }

  private Statement dropIndex(StatementSyntax.Drop drop) {
    String name = drop.name().getSimple();
    IndexedRelation object = catalog.objectOfIndex(name).orElse(null);
    if (object == null) {
      if (drop.ifExists()) {
        return new Statement.DropIndex(name, null);
      }
      throw errors.at(
          SqlState.UNDEFINED_NAME,
          "index \"" + name + "\" does not exist",
          drop.name().getParserPosition());
    }
    TableDefinition table = object.asTable();
    IndexDefinition index = table.index(name).orElseThrow();
    if (index.constraint()) {
      throw errors
          .at(
              SqlState.DEPENDENT_OBJECTS,
              "cannot drop index \""
                  + name
                  + "\" because constraint \""
                  + name
                  + "\" on table \""
                  + table.name()
                  + "\" requires it",
              drop.name().getParserPosition())
          .withHint("Use ALTER TABLE " + table.name() + " DROP CONSTRAINT " + name + ".");
    }
    TableChanges.checkNotNeeded(catalog, table, index, errors, drop.name().getParserPosition());
    return new Statement.DropIndex(name, object);
  }

  private Statement show(StatementSyntax.Show show) {
    SqlIdentifier name = show.name();
    Statement.Shown what = Statement.Shown.valueOf(show.kind().name());
    if (name == null) {
      return new Statement.Show(what, null, null);
    }
    return what == Statement.Shown.OPTION
        ? new Statement.Show(what, name.getSimple(), null)
        : new Statement.Show(what, null, object(name));
  }

  private Statement transaction(StatementSyntax.Transaction syntax) {
    if (syntax.kind() == StatementSyntax.TransactionKind.SAVEPOINT) {
      throw errors
          .unsupported(
              "savepoints are not supported: the store keeps or drops a transaction as a whole",
              null)
          .withHint("ROLLBACK and run the transaction again without the part to be undone.");
    }
    return new Statement.Transaction(
        Statement.TransactionStep.valueOf(syntax.kind().name()), syntax.readOnly());
  }
}

package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.FunctionRegistry;
import io.caisson.sql.error.RuntimeErrors;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.error.Suggestion;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import io.caisson.sql.run.ParameterValues;
import io.caisson.sql.run.QueryPlanner;
import io.caisson.sql.validate.FunctionTable;
import io.caisson.sql.validate.ParameterTypes;
import io.caisson.sql.validate.QueryValidator;
import io.caisson.sql.write.BoundWrites;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * The way from text to statements: {@link #parse} cuts and checks the grammar, {@link #prepare}
 * looks up names and plans. Statements that were prepared against the same catalog are remembered.
 * Thread-safe.
 */
public final class SqlFrontEnd {
  private static final int REMEMBERED = 256;
  private static final int LONGEST_REMEMBERED = 2_000;
  private static final Pattern UNKNOWN_COLUMN = Pattern.compile("^column \"([^\"]+)\"");

  private final FunctionTable functions = new FunctionTable(FunctionRegistry.builtIn().all());
  private final QueryPlanner planner;
  private final int defaultShards;
  private final Map<Key, Statement> remembered = new LinkedHashMap<>(16, 0.75f, true);

  /** What a prepared statement depends on. */
  private record Key(String text, long catalogVersion, List<SqlType> parameters) {}

  /**
   * A front end whose streams have one shard, unless they say otherwise.
   *
   * @param clock what time it is, for {@code now()} and its like
   */
  public SqlFrontEnd(Clock clock) {
    this(clock, 1);
  }

  /**
   * A front end.
   *
   * @param clock what time it is, for {@code now()} and its like
   * @param defaultShards how many shards a stream has that does not say
   */
  public SqlFrontEnd(Clock clock, int defaultShards) {
    this.planner = new QueryPlanner(clock);
    this.defaultShards = defaultShards;
  }

  /**
   * Cuts a text into statements and checks their grammar. Nothing is run before all of it is right.
   *
   * @param text statements with semicolons between them
   * @return the statements in their order, none for blanks and comments
   * @throws CaissonException 42601 with the place in the text
   */
  public List<ParsedStatement> parse(String text) {
    var statements = new ArrayList<ParsedStatement>();
    for (StatementText one : StatementText.split(text)) {
      SqlNode syntax = SqlTextParser.parse(one, new SqlErrors(one.start(), List.of()));
      statements.add(new ParsedStatement(one, syntax));
    }
    return statements;
  }

  /**
   * Understands a statement in the light of a catalog.
   *
   * @param statement the statement
   * @param catalog all objects there are
   * @return the statement, its names looked up and its queries planned
   * @throws CaissonException what is wrong with it, with its place in the text where that is known
   */
  public Statement prepare(ParsedStatement statement, Catalog catalog) {
    return prepare(statement, catalog, List.of());
  }

  /**
   * Understands a statement in the light of a catalog and gives it its values.
   *
   * @param values a value for each of its parameters
   * @throws CaissonException what is wrong with it, or with the values
   */
  public Statement prepare(
      ParsedStatement statement, Catalog catalog, List<? extends @Nullable Object> values) {
    if (values.size() != statement.parameters()) {
      throw new CaissonException(
              SqlState.UNDEFINED_PARAMETER,
              "the statement takes "
                  + statement.parameters()
                  + " values, and "
                  + values.size()
                  + " were given")
          .withHint("Give a value for each ?, or for each of $1, $2 and so on.");
    }
    var given = new ArrayList<@Nullable Object>();
    statement.places().forEach(number -> given.add(values.get(number)));
    List<SqlType> types =
        given.stream()
            .map(value -> ParameterValues.typeOf(value).orElse(SqlType.of(TypeKind.TEXT)))
            .toList();
    return bound(planned(statement, catalog, types), given);
  }

  private static Statement bound(Statement statement, List<? extends @Nullable Object> values) {
    if (values.isEmpty()) {
      return statement;
    }
    if (statement instanceof Statement.Query query) {
      return new Statement.Query(query.query().with(values));
    }
    return statement instanceof Statement.Write write
        ? new Statement.Write(BoundWrites.with(write.plan(), values))
        : statement;
  }

  private Statement planned(ParsedStatement statement, Catalog catalog, List<SqlType> types) {
    var key = new Key(statement.text(), catalog.version(), types);
    Statement known = recall(key);
    if (known != null) {
      return known;
    }
    var errors = new SqlErrors(statement.position(), QueryValidator.relations(catalog));
    Statement prepared = prepared(statement, catalog, errors, new ParameterTypes(types));
    boolean again =
        prepared instanceof Statement.Query
            || prepared instanceof Statement.ExplainQuery
            || (prepared instanceof Statement.Write && worthwhile(statement));
    if (again) {
      remember(key, prepared);
    }
    return prepared;
  }

  /** Rows that stand in the text will hardly come again, and may be many. */
  private static boolean worthwhile(ParsedStatement statement) {
    return statement.text().length() <= LONGEST_REMEMBERED;
  }

  private Statement prepared(
      ParsedStatement statement, Catalog catalog, SqlErrors errors, ParameterTypes parameters) {
    try {
      return new StatementPreparer(catalog, functions, planner, errors, parameters, defaultShards)
          .prepare(statement);
    } catch (CaissonException error) {
      throw withColumnHint(error, catalog);
    } catch (RuntimeException error) {
      throw withColumnHint(errors.translate(error), catalog);
    } catch (ExceptionInInitializerError error) {
      throw RuntimeErrors.translate(error);
    } catch (AssertionError | StackOverflowError error) {
      throw new CaissonException(
          SqlState.FEATURE_NOT_SUPPORTED, "this statement is more than can be planned", error);
    }
  }

  /** An unknown column gets the nearest name of any column there is. */
  private static CaissonException withColumnHint(CaissonException error, Catalog catalog) {
    Matcher unknown = UNKNOWN_COLUMN.matcher(String.valueOf(error.getMessage()));
    if (error.state() != SqlState.UNDEFINED_COLUMN || error.hint() != null || !unknown.find()) {
      return error;
    }
    var names =
        catalog.objects().values().stream()
            .flatMap(object -> object.columns().stream())
            .map(ColumnDefinition::name)
            .collect(Collectors.toSet());
    return Suggestion.nearest(unknown.group(1), names)
        .map(name -> error.withHint("Did you mean \"" + name + "\"?"))
        .orElse(error);
  }

  private @Nullable Statement recall(Key key) {
    synchronized (remembered) {
      return remembered.get(key);
    }
  }

  private void remember(Key key, Statement statement) {
    synchronized (remembered) {
      remembered.put(key, statement);
      if (remembered.size() > REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
  }
}

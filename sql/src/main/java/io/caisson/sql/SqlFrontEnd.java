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
import io.caisson.sql.run.QueryPlanner;
import io.caisson.sql.validate.FunctionTable;
import io.caisson.sql.validate.QueryValidator;
import io.caisson.time.Clock;
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
  private static final Pattern UNKNOWN_COLUMN = Pattern.compile("^column \"([^\"]+)\"");

  private final FunctionTable functions = new FunctionTable(FunctionRegistry.builtIn().all());
  private final QueryPlanner planner;
  private final Map<Key, Statement> remembered = new LinkedHashMap<>(16, 0.75f, true);

  /** What a prepared statement depends on. */
  private record Key(String text, long catalogVersion) {}

  /**
   * A front end.
   *
   * @param clock what time it is, for {@code now()} and its like
   */
  public SqlFrontEnd(Clock clock) {
    this.planner = new QueryPlanner(clock);
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
    var key = new Key(statement.text(), catalog.version());
    Statement known = recall(key);
    if (known != null) {
      return known;
    }
    var errors = new SqlErrors(statement.position(), QueryValidator.relations(catalog));
    Statement prepared = prepared(statement, catalog, errors);
    if (prepared instanceof Statement.Query || prepared instanceof Statement.ExplainQuery) {
      remember(key, prepared);
    }
    return prepared;
  }

  private Statement prepared(ParsedStatement statement, Catalog catalog, SqlErrors errors) {
    try {
      return new StatementPreparer(catalog, functions, planner, errors).prepare(statement);
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

package io.caisson.tests.scenario;

import io.caisson.tests.oracle.OtherDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The same tables in another database. A view that others read is a table there, too, which is
 * filled whenever the others are asked for, because its plain views are asked again for each row of
 * a join. Answers may be changed by a test which wants to see a wrong one. For one thread.
 */
final class OtherViews implements AutoCloseable {
  /** The columns that all relations of scenarios have. */
  static final String COLUMN_NAMES = "id, a, b, s, x, ts";

  private static final String COLUMNS =
      "(id BIGINT, a BIGINT, b BIGINT, s TEXT, x DOUBLE PRECISION, ts TIMESTAMP)";

  private static final int MILLISECONDS = 2_000;
  private static final int TIMED_OUT = 57014;

  private final OtherDatabase database;
  private final UnaryOperator<List<String>> answers;
  private final Map<String, String> views = new LinkedHashMap<>();

  private OtherViews(OtherDatabase database, UnaryOperator<List<String>> answers) {
    this.database = database;
    this.answers = answers;
  }

  /** One that answers right. */
  static OtherViews ofOtherDatabase() {
    return answering(rows -> rows);
  }

  /** One that makes something else of its answers. */
  static OtherViews answering(UnaryOperator<List<String>> answers) {
    try {
      return new OtherViews(new OtherDatabase(MILLISECONDS), answers);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void create(Step.Relation relation) {
    boolean keyed = relation.sql().startsWith("CREATE TABLE");
    run(
        "CREATE TABLE "
            + relation.name()
            + (keyed ? COLUMNS.replace("id BIGINT", "id BIGINT PRIMARY KEY") : COLUMNS));
  }

  void insert(Step.Rows rows) {
    boolean keyed = rows.relation().startsWith("t");
    run(
        "INSERT INTO "
            + rows.relation()
            + " ("
            + COLUMN_NAMES
            + ") VALUES "
            + String.join(", ", rows.rows())
            + (keyed ? " ON CONFLICT DO NOTHING" : ""));
  }

  void create(Step.View view) {
    views.put(view.name(), view.query());
  }

  void drop(String view) {
    views.remove(view);
  }

  void run(String sql) {
    try {
      database.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The rows of a query, unless it takes too long. */
  Optional<List<String>> rows(String query) {
    var filled = new ArrayList<String>();
    try {
      fill(query, filled);
      return Optional.of(answers.apply(database.rows(query)));
    } catch (SQLException e) {
      if (e.getErrorCode() == TIMED_OUT) {
        return Optional.empty();
      }
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      filled.forEach(view -> run("DROP TABLE " + view));
    }
  }

  /** Fills tables for the views that a query reads, and those that these read. */
  private void fill(String query, List<String> filled) throws SQLException {
    for (Map.Entry<String, String> view : views.entrySet()) {
      if (reads(query, view.getKey()) && !filled.contains(view.getKey())) {
        fill(view.getValue(), filled);
        database.execute("CREATE TABLE " + view.getKey() + " AS " + view.getValue());
        filled.add(view.getKey());
      }
    }
  }

  /** Whether a query reads a relation. */
  static boolean reads(String query, String relation) {
    return Pattern.compile("\\b" + relation + "\\b").matcher(query).find();
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

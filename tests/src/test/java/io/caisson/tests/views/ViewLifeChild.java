package io.caisson.tests.views;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A process that makes, replaces, pauses, indexes and drops views on one thread while it changes
 * their table on another, and says after each commit how many there were.
 */
final class ViewLifeChild {
  static final String DATABASE = "test";
  static final int IDS = 8_000;
  static final int VIEWS = 3;

  private final Database database;
  private final SplittableRandom random;

  private ViewLifeChild(Database database, SplittableRandom random) {
    this.database = database;
    this.random = random;
  }

  public static void main(String[] arguments) {
    var random = new SplittableRandom(Long.parseLong(arguments[1]));
    try (Caisson caisson = Caisson.open(Path.of(arguments[0]))) {
      Database database = caisson.database(DATABASE);
      var definitions = new ViewLifeChild(database, random.split());
      var thread = new Thread(definitions::define);
      thread.setDaemon(true);
      thread.start();
      new ViewLifeChild(database, random).change();
    }
  }

  private void change() {
    try (Session session = database.session()) {
      long n = commits(session);
      while (true) {
        try {
          execute(session, "BEGIN");
          execute(session, change(random.nextInt(IDS)));
          execute(session, "INSERT INTO commits VALUES (" + n + ")");
          execute(session, "COMMIT");
          System.out.println("done " + n++);
        } catch (CaissonException definitionsChanged) {
          if (!definitionsChanged.state().retryable()) {
            throw definitionsChanged;
          }
          execute(session, "ROLLBACK");
        }
      }
    }
  }

  private String change(int id) {
    return switch (random.nextInt(4)) {
      case 0 -> "DELETE FROM t WHERE id BETWEEN " + id + " AND " + (id + 5);
      case 1 -> "UPDATE t SET n = n + 1 WHERE id BETWEEN " + id + " AND " + (id + 30);
      default ->
          "INSERT INTO t SELECT id, MOD(id, 13), id FROM generate_series(%d, %d) AS s (id) ON CONFLICT DO NOTHING"
              .formatted(id, id + 10);
    };
  }

  /** What is said of views that are not there, or are there already, is no matter. */
  private void define() {
    try (Session session = database.session()) {
      while (true) {
        try {
          execute(session, definition("v" + random.nextInt(VIEWS)));
        } catch (CaissonException e) {
          if (e.state().fault() != SqlState.Fault.USER && !e.state().retryable()) {
            throw e;
          }
        }
      }
    }
  }

  private String definition(String view) {
    String query = ViewLifeCrashTest.QUERIES.get(random.nextInt(ViewLifeCrashTest.QUERIES.size()));
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> "CREATE MATERIALIZED VIEW IF NOT EXISTS " + view + " AS " + query;
      case 3, 4 -> "CREATE OR REPLACE MATERIALIZED VIEW " + view + " AS " + query;
      case 5, 6 -> "ALTER MATERIALIZED VIEW " + view + " PAUSE";
      case 7 -> "ALTER MATERIALIZED VIEW " + view + " RESUME";
      case 8, 9, 10 -> "CREATE INDEX IF NOT EXISTS " + view + "_n ON " + view + " (n DESC)";
      case 11 -> "CREATE INDEX CONCURRENTLY IF NOT EXISTS " + view + "_g ON " + view + " (g, n)";
      case 12 -> "DROP INDEX IF EXISTS " + view + "_n";
      default -> "DROP MATERIALIZED VIEW IF EXISTS " + view;
    };
  }

  private static long commits(Session session) {
    try (Result result = session.execute("SELECT COUNT(*) AS n FROM commits")) {
      return result.iterator().next().getLong("n");
    }
  }

  private static void execute(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
    }
  }
}

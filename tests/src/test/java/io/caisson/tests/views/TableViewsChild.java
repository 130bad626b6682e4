package io.caisson.tests.views;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A process that changes two tables and a stream in transactions, over which there are views, and
 * says after each commit how many there were. It makes the views itself, while it writes.
 */
final class TableViewsChild {
  static final String DATABASE = "test";
  private static final int IDS = 2_000;

  private final Session session;
  private final SplittableRandom random;

  private TableViewsChild(Session session, SplittableRandom random) {
    this.session = session;
    this.random = random;
  }

  public static void main(String[] arguments) {
    var random = new SplittableRandom(Long.parseLong(arguments[1]));
    try (Caisson caisson = Caisson.open(Path.of(arguments[0]));
        Session session = caisson.database(DATABASE).session()) {
      new TableViewsChild(session, random).run();
    }
  }

  private void run() {
    execute("CREATE TABLE IF NOT EXISTS t (id BIGINT PRIMARY KEY, g BIGINT, v BIGINT)");
    execute("CREATE TABLE IF NOT EXISTS names (g BIGINT PRIMARY KEY, name TEXT)");
    execute("CREATE STREAM IF NOT EXISTS s (id BIGINT, n BIGINT)");
    execute("CREATE TABLE IF NOT EXISTS commits (n BIGINT PRIMARY KEY)");
    long n = count();
    while (true) {
      execute("BEGIN");
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        execute(change());
      }
      execute("INSERT INTO commits VALUES (" + n + ")");
      execute("COMMIT");
      System.out.println("done " + n++);
      if (random.nextInt(10) == 0) {
        TableViewsCrashTest.VIEWS.forEach(
            (name, query) ->
                execute("CREATE MATERIALIZED VIEW IF NOT EXISTS " + name + " AS " + query));
      }
      if (random.nextInt(15) == 0) {
        String query =
            TableViewsCrashTest.REPLACING.get(random.nextInt(TableViewsCrashTest.REPLACING.size()));
        execute("CREATE OR REPLACE MATERIALIZED VIEW replaced AS " + query);
      }
    }
  }

  private String change() {
    int id = random.nextInt(IDS);
    return switch (random.nextInt(6)) {
      case 0 -> "DELETE FROM t WHERE id BETWEEN " + id + " AND " + (id + 20);
      case 1 -> "UPDATE t SET v = v + 1, g = MOD(g + 1, 7) WHERE MOD(id, 50) = " + id % 50;
      case 2 ->
          "INSERT INTO names VALUES (%d, 'n%d') ON CONFLICT (g) DO UPDATE SET name = excluded.name"
              .formatted(id % 9, id);
      case 3 -> "INSERT INTO s VALUES (" + id + ", " + id % 3 + ")";
      case 4 -> "DELETE FROM names WHERE g = " + id % 9;
      default ->
          "INSERT INTO t SELECT id, MOD(id, 7), id FROM (VALUES (%d), (%d), (%d)) AS n (id) ON CONFLICT DO NOTHING"
              .formatted(id, id + 1, id + 2);
    };
  }

  private long count() {
    try (Result result = session.execute("SELECT COUNT(*) AS n FROM commits")) {
      return result.iterator().next().getLong("n");
    }
  }

  private void execute(String sql) {
    try (Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
    }
  }
}

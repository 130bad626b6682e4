package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Views that put rows aside which they fail on, while rows come, change and go, with restarts at
 * any time: what is left equals a query that avoids the failures, and what was put aside is what it
 * avoids. {@code -Dcaisson.seed=} repeats a scenario, {@code -Dcaisson.scenarios=} runs more.
 */
class SkippedRowsPropertyTest {
  private static final int SCENARIOS = 5;

  /**
   * A query that may fail, the same without failures, and how many rows fail.
   *
   * @param query the view's query
   * @param safe the query that does not fail
   * @param failures counts the rows that do
   */
  private record Sample(String query, String safe, String failures) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(
              "SELECT id, a / b AS q FROM t",
              "SELECT id, a / b AS q FROM t WHERE b <> 0 OR b IS NULL OR a IS NULL",
              "SELECT COUNT(*) FROM t WHERE b = 0 AND a IS NOT NULL"),
          new Sample(
              "SELECT id FROM t WHERE 100 / b > a",
              "SELECT id FROM t WHERE b <> 0 AND 100 / NULLIF(b, 0) > a",
              "SELECT COUNT(*) FROM t WHERE b = 0"),
          new Sample(
              "SELECT b, SUM(10 / a) AS s, COUNT(*) AS n FROM t GROUP BY b",
              "SELECT b, SUM(10 / NULLIF(a, 0)) AS s, COUNT(*) AS n FROM t "
                  + "WHERE a <> 0 OR a IS NULL GROUP BY b",
              "SELECT COUNT(*) FROM t WHERE a = 0"),
          new Sample(
              "SELECT s.n, t.id FROM s LEFT JOIN t ON t.id = s.n AND (6 + s.n) / t.b > 1",
              "SELECT s.n, t.id FROM s LEFT JOIN t ON t.id = s.n AND t.b <> 0 "
                  + "AND (6 + s.n) / NULLIF(t.b, 0) > 1",
              "SELECT COUNT(*) FROM s JOIN t ON t.id = s.n WHERE t.b = 0"),
          new Sample(
              "SELECT n, CAST(w AS BIGINT) AS number FROM s",
              "SELECT n, CAST(CASE WHEN w = 'x' THEN NULL ELSE w END AS BIGINT) AS number FROM s "
                  + "WHERE w <> 'x' OR w IS NULL",
              "SELECT COUNT(*) FROM s WHERE w = 'x'"));

  @TestFactory
  Stream<DynamicTest> whatIsLeftEqualsTheSafeQuery() {
    return Seeds.tests(SCENARIOS, SkippedRowsPropertyTest::run);
  }

  private static void run(long seed) {
    var random = new SplittableRandom(seed);
    try (var store = new TestStore()) {
      Session session = store.database().session();
      execute(session, "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT, b BIGINT)");
      execute(session, "CREATE STREAM s (n BIGINT, w TEXT)");
      change(session, random);
      for (int i = 0; i < SAMPLES.size(); i++) {
        String create = "CREATE MATERIALIZED VIEW v%d WITH (on_error = 'skip') AS %s";
        execute(session, create.formatted(i, SAMPLES.get(i).query()));
      }
      for (int step = 0; step < 25; step++) {
        change(session, random);
        if (random.nextInt(6) == 0) {
          session.close();
          store.reopen();
          session = store.database().session();
        }
        check(session, random.nextInt(SAMPLES.size()), seed);
      }
      for (int i = 0; i < SAMPLES.size(); i++) {
        check(session, i, seed);
      }
      session.close();
    }
  }

  private static void check(Session session, int view, long seed) {
    Sample sample = SAMPLES.get(view);
    String what = Seeds.repeat(seed) + "\n" + sample.query();
    assertThat(rows(session, "SELECT * FROM v" + view))
        .as(what)
        .isEqualTo(rows(session, sample.safe()));
    assertThat(rows(session, "SELECT COUNT(*) FROM v" + view + "$errors"))
        .as(what)
        .isEqualTo(rows(session, sample.failures()));
  }

  private static void change(Session session, SplittableRandom random) {
    int rows = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 5);
    int first = random.nextInt(40);
    switch (random.nextInt(5)) {
      case 0 -> execute(session, "DELETE FROM t WHERE MOD(id, 5) = " + random.nextInt(5));
      case 1 -> execute(session, "UPDATE t SET b = " + value(random) + " WHERE id < " + first);
      case 2 -> execute(session, "UPDATE t SET a = " + value(random) + " WHERE id > " + first);
      case 3 -> {
        var values = new ArrayList<String>();
        for (int i = 0; i < rows; i++) {
          String word = random.nextInt(4) == 0 ? "'x'" : "'" + random.nextInt(9) + "'";
          values.add("(" + (first + i) + ", " + (random.nextInt(9) == 0 ? "NULL" : word) + ")");
        }
        execute(session, "INSERT INTO s VALUES " + String.join(", ", values));
      }
      default -> {
        var values = new ArrayList<String>();
        for (int i = 0; i < rows; i++) {
          values.add("(" + (first + i) + ", " + value(random) + ", " + value(random) + ")");
        }
        execute(
            session,
            "INSERT INTO t VALUES "
                + String.join(", ", values)
                + " ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b");
      }
    }
  }

  private static String value(SplittableRandom random) {
    return random.nextInt(8) == 0 ? "NULL" : String.valueOf(random.nextInt(5) - 1);
  }

  private static void execute(Session session, String sql) {
    session.execute(sql).close();
  }

  private static List<String> rows(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      var rows = new ArrayList<String>();
      result.forEach(row -> rows.add(Values.texts(row).toString()));
      rows.sort(null);
      return rows;
    }
  }
}

package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random changes of a table, views over it, and indexes of the views that come and go, with
 * replacements of the views and restarts: what is read by an index is what the view's query says,
 * in the order that was asked for. {@code -Dcaisson.seed=} repeats a scenario, {@code
 * -Dcaisson.scenarios=} runs more of them.
 */
class ViewIndexPropertyTest {
  private static final int SCENARIOS = 6;
  private static final int STEPS = 60;
  private static final int IDS = 400;

  /** Each has the columns k, n, x, m and c. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT k, n, x, m, id AS c FROM t",
          "SELECT x, k, COUNT(*) AS c, MIN(n) AS n, MAX(m) AS m FROM t GROUP BY x, k",
          "SELECT a.k, a.n, a.x, a.m, b.id AS c FROM t a JOIN t b ON b.id = a.id + 1",
          "SELECT k, n, x, m, 1 AS c FROM t UNION ALL SELECT k, n, x, m, 1 FROM t WHERE n > 5");

  private static final List<String> COLUMNS = List.of("k", "n", "x", "m", "c");
  private static final List<String> ORDERS =
      List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST");

  @TestFactory
  Stream<DynamicTest> indexesOfViewsSayWhatTheirQueriesSay() {
    return Seeds.tests(SCENARIOS, ViewIndexPropertyTest::run);
  }

  private static void run(long seed) {
    try (var scenario = new Scenario(seed)) {
      scenario.run();
    }
  }

  private static final class Scenario implements AutoCloseable {
    private final String description;
    private final SplittableRandom random;
    private final TestStore store = new TestStore();
    private Session session = store.database().session();

    /** The query of the view, and the keys of its indexes by name. */
    private String query = "";

    private final NavigableMap<String, String> indexes = new TreeMap<>();
    private int made;
    private int byIndex;

    Scenario(long seed) {
      description = Seeds.repeat(seed);
      random = new SplittableRandom(seed);
    }

    void run() {
      execute(
          "CREATE TABLE t (id BIGINT PRIMARY KEY, k TEXT, n BIGINT, x DOUBLE PRECISION, m NUMERIC)");
      fill();
      query = QUERIES.get(random.nextInt(QUERIES.size()));
      execute("CREATE MATERIALIZED VIEW v AS " + query);
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(12)) {
          case 0, 1 -> createIndex();
          case 2 -> dropIndex();
          case 3 -> restart();
          case 4 -> replace();
          case 5, 6, 7 -> change();
          default -> check();
        }
      }
      while (indexes.size() < 2) {
        createIndex();
      }
      for (int i = 0; i < 10; i++) {
        check();
      }
      assertThat(byIndex).as(description).isPositive();
    }

    private void fill() {
      for (int id = 0; id < IDS; id += 2) {
        insert(id);
      }
    }

    private void insert(int id) {
      execute(
          "INSERT INTO t VALUES (%d, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
              .formatted(id, text(), number(), real(), numeric()));
    }

    private void change() {
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        int id = random.nextInt(IDS);
        switch (random.nextInt(3)) {
          case 0 -> execute("DELETE FROM t WHERE id = " + id);
          case 1 ->
              execute("UPDATE t SET n = " + number() + ", x = " + real() + " WHERE id = " + id);
          default -> insert(id);
        }
      }
    }

    private String text() {
      return random.nextInt(6) == 0 ? "NULL" : "'" + "aZ\u00e4 ".charAt(random.nextInt(4)) + "'";
    }

    private String number() {
      return random.nextInt(6) == 0 ? "NULL" : String.valueOf(random.nextInt(-300, 10));
    }

    private String real() {
      return List.of("NULL", "0e0", "-0e0", "'NaN'", "1.5e0", "-3e10", "'-Infinity'")
          .get(random.nextInt(7));
    }

    private String numeric() {
      return List.of("NULL", "1.0", "1.00", "-2.5", "0", "100", "3e2").get(random.nextInt(7));
    }

    private void createIndex() {
      var keys = new ArrayList<String>();
      int first = random.nextInt(COLUMNS.size());
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        keys.add(
            COLUMNS.get((first + i) % COLUMNS.size()) + ORDERS.get(random.nextInt(ORDERS.size())));
      }
      String name = "i" + made++;
      String key = String.join(", ", keys);
      execute("CREATE INDEX " + name + " ON v (" + key + ")");
      indexes.put(name, key);
    }

    private void dropIndex() {
      if (!indexes.isEmpty()) {
        execute("DROP INDEX " + indexes.pollFirstEntry().getKey());
      }
    }

    private void restart() {
      session.close();
      store.reopen();
      session = store.database().session();
    }

    private void replace() {
      query = QUERIES.get(random.nextInt(QUERIES.size()));
      execute("CREATE OR REPLACE MATERIALIZED VIEW v AS " + query);
    }

    private void check() {
      if (indexes.isEmpty() || random.nextInt(4) == 0) {
        compare("", false);
        return;
      }
      String key = new ArrayList<>(indexes.values()).get(random.nextInt(indexes.size()));
      List<String> columns =
          Stream.of(key.split(", ")).map(c -> c.replaceFirst(" .*", "")).toList();
      var conditions = new ArrayList<String>();
      int equal = random.nextInt(columns.size() + 1);
      for (String column : columns.subList(0, equal)) {
        conditions.add(condition(column, random.nextInt(5) == 0 ? " IS NULL" : " = "));
      }
      if (equal < columns.size() && random.nextBoolean()) {
        conditions.add(condition(columns.get(equal), " >= "));
        conditions.add(condition(columns.get(equal), random.nextBoolean() ? " < " : " <= "));
      }
      String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
      compare(where, false);
      var order = new ArrayList<>(List.of(key.split(", ")));
      COLUMNS.stream().filter(column -> !columns.contains(column)).forEach(order::add);
      compare(where + " ORDER BY " + String.join(", ", order) + limit(), true);
    }

    private String limit() {
      return random.nextBoolean() ? " LIMIT " + random.nextInt(1, 30) : "";
    }

    private String condition(String column, String comparison) {
      if (comparison.equals(" IS NULL")) {
        return column + comparison;
      }
      String value = "NULL";
      while (value.equals("NULL")) {
        value =
            switch (column) {
              case "k" -> text();
              case "x" -> real();
              case "m" -> numeric();
              default -> number();
            };
      }
      return column + comparison + value;
    }

    private void compare(String rest, boolean ordered) {
      String columns = String.join(", ", COLUMNS);
      String read = "SELECT " + columns + " FROM v" + rest;
      String plan = String.join("\n", rows("EXPLAIN " + read, true));
      byIndex += plan.contains("path=[index") ? 1 : 0;
      List<String> expected =
          rows("SELECT " + columns + " FROM (" + query + ") AS q" + rest, ordered);
      assertThat(rows(read, ordered))
          .as(description + "\n" + query + "\n" + indexes + "\n" + read + "\n" + plan)
          .isEqualTo(expected);
    }

    private List<String> rows(String sql, boolean ordered) {
      try (Result result = session.execute(sql)) {
        var rows = new ArrayList<String>();
        result.forEach(row -> rows.add(Values.texts(row).toString()));
        if (!ordered) {
          rows.sort(null);
          return rows;
        }
        // An order does not tell 1.0 from 1.00, nor zeros by their signs.
        return rows.stream()
            .map(row -> row.replace(" 1.00,", " 1.0,").replace(" -0,", " 0,"))
            .toList();
      }
    }

    private void execute(String sql) {
      try (Result result = session.execute(sql)) {
        result.iterator().forEachRemaining(row -> {});
      }
    }

    @Override
    public void close() {
      session.close();
      store.close();
    }
  }
}

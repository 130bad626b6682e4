package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that keeps views over tables, and replaces one of them, is killed at random moments:
 * what it committed is there, and every view equals its query. {@code -Dcaisson.kills=} makes it
 * more often.
 */
class TableViewsCrashTest {
  static final Map<String, String> VIEWS =
      Map.of(
          "by_group",
          "SELECT g, COUNT(*) AS n, SUM(v) AS v, MAX(id) AS last FROM t GROUP BY g",
          "named",
          "SELECT t.id, n.name FROM t LEFT JOIN names n ON n.g = t.g",
          "seen",
          "SELECT s.n, t.v, COUNT(*) AS c FROM s JOIN t ON t.id = s.id GROUP BY s.n, t.v");

  /** The queries that one view has, each in the place of another. */
  static final List<String> REPLACING =
      List.of(
          "SELECT g, COUNT(*) AS n FROM t GROUP BY g",
          "SELECT n.name, SUM(t.v) AS n FROM t JOIN names n ON n.g = t.g GROUP BY n.name",
          "SELECT id, n FROM s WHERE n > 0");

  private static final int KILLS = Integer.getInteger("caisson.kills", 4);
  private static final int LONGEST_LIFE_MILLIS = 2_500;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  @Test
  void viewsOverTablesSurviveTheKill() throws Exception {
    var random = new SplittableRandom(seed);
    long acknowledged = 0;
    int compared = 0;
    boolean replaced = false;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged =
          Math.max(
              acknowledged,
              KilledProcess.run(TableViewsChild.class, directory, random, LONGEST_LIFE_MILLIS));
      try (Caisson caisson = Caisson.open(directory);
          Session session = caisson.database(TableViewsChild.DATABASE).session()) {
        String what = "kill " + kill + ", -Dcaisson.seed=" + seed;
        assertThat(count(session)).as(what).isGreaterThanOrEqualTo(acknowledged);
        for (var view : VIEWS.entrySet()) {
          compared += compare(session, view.getKey(), view.getValue(), what);
        }
        replaced = compareReplaced(session, replaced, what);
      }
    }
    System.out.println(
        "Killed "
            + KILLS
            + " times, "
            + acknowledged
            + " commits, "
            + compared
            + " views, seed "
            + seed);
    assertThat(compared).isPositive();
  }

  /** The view that is replaced is the old one or the new one, but never gone once it was there. */
  private static boolean compareReplaced(Session session, boolean expected, String what) {
    if (rows(session, "SHOW VIEWS").stream().noneMatch(row -> row.startsWith("[replaced,"))) {
      assertThat(expected).as(what).isFalse();
      return false;
    }
    String statement;
    try (Result result = session.execute("SHOW CREATE replaced")) {
      statement = String.valueOf(result.iterator().next().get("statement"));
    }
    String query = statement.substring(statement.indexOf("SELECT"));
    assertThat(query).isIn(REPLACING);
    compare(session, "replaced", query, what);
    return true;
  }

  /** Compares a view, where it had been created, with its query. */
  private static int compare(Session session, String name, String query, String what) {
    boolean there =
        rows(session, "SELECT table_name FROM information_schema.tables")
            .contains("[" + name + "]");
    if (there) {
      assertThat(rows(session, "SELECT * FROM " + name))
          .as(what + "\n" + query)
          .isEqualTo(rows(session, query));
    }
    return there ? 1 : 0;
  }

  private static long count(Session session) {
    try (Result result = session.execute("SELECT COUNT(*) AS n FROM commits")) {
      return result.iterator().next().getLong("n");
    }
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

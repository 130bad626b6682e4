package io.caisson.tests.views;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
      acknowledged = Math.max(acknowledged, runAndKill(random));
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

  /** Lets a child run for a moment; answers how many commits it said it had made. */
  private long runAndKill(SplittableRandom random) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TableViewsChild.class.getName(),
                directory.toString(),
                String.valueOf(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long life = random.nextInt(LONGEST_LIFE_MILLIS);
    long acknowledged = 0;
    try (var said = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      long end = Long.MAX_VALUE;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith("done ")) {
          acknowledged = Long.parseLong(line.substring("done ".length())) + 1;
          if (end == Long.MAX_VALUE) {
            end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(life);
          }
          if (System.nanoTime() > end) {
            child.toHandle().destroyForcibly(); // the process itself would close what it said
          }
        }
      }
    }
    child.waitFor();
    return acknowledged;
  }

  /** The view that is replaced is the old one or the new one, but never gone once it was there. */
  private static boolean compareReplaced(Session session, boolean expected, String what) {
    if (!rows(session, "SHOW VIEWS").contains("[replaced]")) {
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

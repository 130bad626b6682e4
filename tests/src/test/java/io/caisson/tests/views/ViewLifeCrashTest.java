package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed at random moments of the life of views: while they are back-filled, replaced,
 * paused, indexed and dropped. Afterwards every view that is there equals its query, read by its
 * rows and by each of its indexes, and what was under way comes to its end. {@code
 * -Dcaisson.kills=} makes it more often.
 */
class ViewLifeCrashTest {
  /** Each has the columns g and n. */
  static final List<String> QUERIES =
      List.of(
          "SELECT g, id AS n FROM t",
          "SELECT g, COUNT(*) AS n FROM t GROUP BY g",
          "SELECT a.g, b.n FROM t a JOIN t b ON b.id = a.id + 1",
          "SELECT g, n FROM t WHERE n > 100 UNION ALL SELECT g, id FROM t");

  private static final int KILLS = Integer.getInteger("caisson.kills", 4);
  private static final int LONGEST_LIFE_MILLIS = 2_500;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  @Test
  void viewsSurviveTheKillWhereverTheyAreInTheirLives() throws Exception {
    var random = new SplittableRandom(seed);
    fill();
    long acknowledged = 0;
    int compared = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged =
          Math.max(
              acknowledged,
              KilledProcess.run(ViewLifeChild.class, directory, random, LONGEST_LIFE_MILLIS));
      try (Caisson caisson = Caisson.open(directory);
          Session session = caisson.database(ViewLifeChild.DATABASE).session()) {
        String what = "kill " + kill + ", -Dcaisson.seed=" + seed;
        assertThat(Long.parseLong(rows(session, "SELECT COUNT(*) FROM commits").get(0)))
            .as(what)
            .isGreaterThanOrEqualTo(acknowledged);
        compared += compareAll(session, what);
      }
    }
    System.out.printf(
        "Killed %d times, %d commits, %d reads of views and their indexes, seed %d%n",
        KILLS, acknowledged, compared, seed);
    assertThat(compared).isPositive();
  }

  private void fill() {
    try (Caisson caisson = Caisson.open(directory);
        Session session = caisson.database(ViewLifeChild.DATABASE).session()) {
      execute(session, "CREATE TABLE t (id BIGINT PRIMARY KEY, g BIGINT, n BIGINT)");
      execute(session, "CREATE TABLE commits (n BIGINT PRIMARY KEY)");
      for (int from = 0; from < ViewLifeChild.IDS; from += 1_000) {
        execute(
            session,
            "INSERT INTO t SELECT id, MOD(id, 13), id FROM generate_series(%d, %d) AS s (id)"
                .formatted(from, from + 999));
      }
    }
  }

  private static int compareAll(Session session, String what) throws InterruptedException {
    int compared = 0;
    for (int i = 0; i < ViewLifeChild.VIEWS; i++) {
      String view = "v" + i;
      String state =
          "SELECT state FROM caisson_catalog.materialized_views WHERE view_name = '" + view + "'";
      List<String> found = rows(session, state);
      if (!found.isEmpty()) {
        if (found.get(0).equals("paused")) {
          execute(session, "ALTER MATERIALIZED VIEW " + view + " RESUME");
        }
        compared += compare(session, view, what + ", " + found);
      }
    }
    return compared;
  }

  /** A replacement may take the view's place at any moment, and then has another query. */
  private static int compare(Session session, String view, String what)
      throws InterruptedException {
    await(
        session,
        "SELECT view_name FROM caisson_catalog.materialized_views WHERE view_name = '"
            + view
            + "$replacement'");
    await(
        session,
        "SELECT index_name FROM caisson_catalog.indexes WHERE state <> 'readable' AND table_name = '"
            + view
            + "'");
    String query = query(session, view);
    assertThat(query).as(what).isIn(QUERIES);
    List<String> expected = rows(session, query + " ORDER BY 1, 2");
    assertThat(rows(session, "SELECT g, n FROM " + view + " ORDER BY g, n"))
        .as(what + " " + query)
        .isEqualTo(expected);
    List<String> byNumber = rows(session, query + " ORDER BY 2 DESC, 1");
    assertThat(rows(session, "SELECT g, n FROM " + view + " ORDER BY n DESC, g"))
        .as(what + " by number " + query)
        .isEqualTo(byNumber);
    String some = " WHERE g = 7 AND n BETWEEN 3 AND 4000 ORDER BY 1, 2";
    assertThat(rows(session, "SELECT g, n FROM " + view + some))
        .as(what + " some " + query)
        .isEqualTo(rows(session, "SELECT g, n FROM (" + query + ") AS q" + some));
    return 3;
  }

  private static String query(Session session, String view) {
    try (Result result = session.execute("SHOW CREATE " + view)) {
      String statement = String.valueOf(result.iterator().next().get("statement"));
      int end = statement.indexOf(';');
      return statement.substring(statement.indexOf("SELECT"), end < 0 ? statement.length() : end);
    }
  }

  /** Waits until a query finds nothing. */
  private static void await(Session session, String sql) throws InterruptedException {
    for (int tries = 0; !rows(session, sql).isEmpty(); tries++) {
      assertThat(tries).as(sql).isLessThan(600);
      Thread.sleep(50);
    }
  }

  private static List<String> rows(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      var rows = new ArrayList<String>();
      result.forEach(row -> rows.add(String.join(", ", Values.texts(row))));
      return rows;
    }
  }

  private static void execute(Session session, String sql) {
    session.execute(sql).close();
  }
}

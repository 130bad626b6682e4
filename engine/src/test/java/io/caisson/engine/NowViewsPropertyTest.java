package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Session;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Timestamps;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views that ask what time it is, under a clock that goes on in jumps, over rows that come and go,
 * with restarts: when the tick of the jump has come, each equals its query. {@code -Dcaisson.seed=}
 * repeats a run.
 */
class NowViewsPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 2_026);
  private static final int ROUNDS = 3;
  private static final int STEPS = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> QUERIES =
      List.of(
          "SELECT id, k FROM s WHERE ts > now() - INTERVAL '5 minutes'",
          "SELECT id FROM s WHERE ts >= now() - INTERVAL '90 seconds' AND ts <= now() AND k < 3",
          "SELECT k, COUNT(*) AS n, SUM(id) AS total FROM s WHERE now() - ts < INTERVAL '3 minutes' GROUP BY k",
          "SELECT COUNT(*) AS n FROM s WHERE ts BETWEEN now() AND now() + INTERVAL '2 minutes'",
          "SELECT id, d FROM t WHERE ts + INTERVAL '1 minute' >= LOCALTIMESTAMP",
          "SELECT s.id, t.id AS other FROM s JOIN t ON s.k = t.k WHERE s.ts > now() - INTERVAL '1 minute'"
              + " AND t.ts < CURRENT_TIMESTAMP",
          "SELECT k, COUNT(*) AS n FROM t WHERE d >= now() - INTERVAL '1 day' GROUP BY k",
          "SELECT k, MAX(id) AS m FROM s WHERE date_trunc('minute', ts) < now() GROUP BY k",
          "SELECT id FROM t WHERE NOT EXISTS"
              + " (SELECT 1 FROM s WHERE s.k = t.k AND s.ts > now() - INTERVAL '30 seconds')");

  @TempDir private Path directory;

  @Test
  @Timeout(300)
  void viewEqualsItsQueryAtTheLatestTick() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      new Run(SEED + round, directory.resolve("round" + round)).run();
    }
  }

  /** One history. */
  private static final class Run {
    private final long seed;
    private final Path directory;
    private final SplittableRandom random;
    private final ClockByHand clock =
        new ClockByHand(Timestamps.toMicros(LocalDateTime.of(2026, 3, 14, 12, 0)));
    private int id;

    Run(long seed, Path directory) {
      this.seed = seed;
      this.directory = directory;
      random = new SplittableRandom(seed);
    }

    void run() throws Exception {
      inSession(
          session -> {
            execute(session, "CREATE STREAM s (id BIGINT, k BIGINT, ts TIMESTAMP)");
            execute(
                session, "CREATE TABLE t (id BIGINT PRIMARY KEY, k BIGINT, ts TIMESTAMP, d DATE)");
            change(session);
            for (int i = 0; i < QUERIES.size(); i++) {
              execute(session, "CREATE MATERIALIZED VIEW v" + i + " AS " + QUERIES.get(i));
            }
          });
      for (int part = 0; part < 3; part++) {
        inSession(
            session -> {
              for (int step = 0; step < STEPS / 3; step++) {
                change(session);
                clock.pass(random.nextInt(1, 80));
                check(session);
              }
            });
      }
    }

    private void inSession(Body body) throws Exception {
      var store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
      var sql = new SqlFrontEnd(clock);
      try (Caisson caisson =
              new OpenStore(
                  store, Optional.empty(), () -> sql, CaissonOptions.defaults().withClock(clock));
          Session session = caisson.database("test").session()) {
        body.run(session);
      }
    }

    private void change(Session session) {
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        execute(
            session,
            "INSERT INTO s VALUES (" + ++id + ", " + random.nextInt(5) + ", " + time() + ")");
        execute(
            session,
            "INSERT INTO t VALUES ("
                + id
                + ", "
                + random.nextInt(5)
                + ", "
                + time()
                + ", "
                + day()
                + ")");
      }
      execute(session, "DELETE FROM t WHERE id % 7 = " + random.nextInt(7));
      execute(session, "UPDATE t SET ts = " + time() + " WHERE id % 5 = " + random.nextInt(5));
    }

    private String time() {
      if (random.nextInt(10) == 0) {
        return "NULL";
      }
      long at = clock.wallMicros() + random.nextInt(-400, 300) * 1_000_000L;
      return "TIMESTAMP '" + Timestamps.format(Timestamps.fromMicros(at)) + "'";
    }

    private String day() {
      return "DATE '2026-03-" + (12 + random.nextInt(4)) + "'";
    }

    private void check(Session session) throws InterruptedException {
      for (int i = 0; i < QUERIES.size(); i++) {
        List<String> expected = rows(session, QUERIES.get(i));
        long until = System.nanoTime() + PATIENCE.toNanos();
        List<String> found = rows(session, "SELECT * FROM v" + i);
        while (!found.equals(expected) && System.nanoTime() < until) {
          Thread.sleep(20);
          found = rows(session, "SELECT * FROM v" + i);
        }
        assertThat(found)
            .as("-Dcaisson.seed=%d at %s: %s", seed, clock.wallMicros(), QUERIES.get(i))
            .isEqualTo(expected);
      }
    }

    private static void execute(Session session, String sql) {
      session.execute(sql).close();
    }

    private static List<String> rows(Session session, String sql) {
      var rows = new ArrayList<String>();
      session.execute(sql).forEach(row -> rows.add(row.toString()));
      rows.sort(null);
      return rows;
    }
  }

  /** What is done in a session. */
  private interface Body {
    void run(Session session) throws Exception;
  }
}

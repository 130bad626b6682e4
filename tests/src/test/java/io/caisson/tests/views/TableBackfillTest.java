package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Views over a table that is larger than a transaction may be, created while others change it, and
 * closed in the middle.
 */
class TableBackfillTest {
  private static final long SEED = Long.getLong("caisson.seed", 2_026);
  private static final int ROWS = 30_000;
  private static final int BATCH = 1_000;
  private static final int RESTARTS = 3;
  private static final String TEXT = "x".repeat(400);
  private static final List<String> QUERIES =
      List.of(
          "SELECT g, COUNT(*) AS n, SUM(v) AS v, MIN(id) AS first FROM large GROUP BY g",
          "SELECT s.id, l.v FROM small s LEFT JOIN large l ON l.id = s.id",
          "SELECT a.g AS g, COUNT(*) AS n FROM large a JOIN small b ON a.v = b.id GROUP BY a.g");

  @Test
  void viewIsExactWhateverWasWrittenMeanwhile() throws InterruptedException {
    try (var store = new TestStore()) {
      try (Session session = store.database().session()) {
        execute(session, "CREATE TABLE large (id BIGINT PRIMARY KEY, g BIGINT, v BIGINT, t TEXT)");
        execute(session, "CREATE TABLE small (id BIGINT PRIMARY KEY)");
        fill(session);
        for (int i = 0; i < QUERIES.size(); i++) {
          execute(session, "CREATE MATERIALIZED VIEW v" + i + " AS " + QUERIES.get(i));
        }
        assertThat(rows(session, "EXPLAIN MATERIALIZED VIEW v0"))
            .anyMatch(line -> line.matches(".*Back-fill of large: \\d+ rows of about 30000.*"));
      }
      for (int restart = 0; restart < RESTARTS; restart++) {
        writeForAWhile(store, SEED + restart);
        store.reopen();
      }
      var writing = new AtomicBoolean(true);
      Thread writer = new Thread(() -> write(store, SEED - 1, writing));
      writer.start();
      try (Session session = store.database().session()) {
        rows(session, "SELECT COUNT(*) FROM v0");
      } finally {
        writing.set(false);
        writer.join();
      }
      try (Session session = store.database().session()) {
        for (int i = 0; i < QUERIES.size(); i++) {
          assertThat(rows(session, "SELECT * FROM v" + i))
              .as("-Dcaisson.seed=" + SEED + "\n" + QUERIES.get(i))
              .isEqualTo(rows(session, QUERIES.get(i)));
        }
        assertThat(rows(session, "EXPLAIN MATERIALIZED VIEW v0"))
            .noneMatch(line -> line.contains("Back-fill"));
      }
    }
  }

  private static void fill(Session session) {
    for (int from = 0; from < ROWS; from += BATCH) {
      var rows = new ArrayList<String>();
      for (int id = from; id < from + BATCH; id++) {
        rows.add("(" + id + ", " + id % 10 + ", " + id % 100 + ", '" + TEXT + "')");
      }
      execute(session, "INSERT INTO large VALUES " + String.join(", ", rows));
    }
    execute(session, "INSERT INTO small SELECT id FROM large WHERE id < 50");
  }

  private static void writeForAWhile(TestStore store, long seed) throws InterruptedException {
    var writing = new AtomicBoolean(true);
    Thread writer = new Thread(() -> write(store, seed, writing));
    writer.start();
    Thread.sleep(new SplittableRandom(seed).nextInt(600));
    writing.set(false);
    writer.join();
  }

  private static void write(TestStore store, long seed, AtomicBoolean writing) {
    var random = new SplittableRandom(seed);
    try (Session session = store.database().session()) {
      while (writing.get()) {
        int id = random.nextInt(ROWS + BATCH);
        execute(
            session,
            switch (random.nextInt(4)) {
              case 0 -> "DELETE FROM large WHERE id = " + id;
              case 1 -> "UPDATE large SET id = -id WHERE id = " + id;
              case 2 ->
                  "UPDATE large SET v = v + 1, g = 3 WHERE id BETWEEN " + id + " AND " + (id + 9);
              default ->
                  "INSERT INTO large VALUES ("
                      + id
                      + ", 1, 2, 'new') ON CONFLICT (id) DO UPDATE SET v = 5";
            });
      }
    }
  }

  private static void execute(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
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

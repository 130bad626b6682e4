package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.testkit.CaissonTest;
import io.caisson.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of processing time close by the clock, whether or not another row comes. */
class ProcessingTimeTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> PIPELINE =
      List.of(
          "CREATE STREAM orders (id BIGINT, arrived AS PROCTIME())",
          """
          CREATE MATERIALIZED VIEW closed AS
            SELECT window_end, COUNT(*) AS n FROM TUMBLE(orders, arrived, INTERVAL '10' SECOND)
            GROUP BY window_end EMIT ON WINDOW CLOSE
          """,
          "CREATE MATERIALIZED VIEW most AS SELECT MAX(n) AS n, COUNT(*) AS windows FROM closed");

  @TempDir private Path directory;

  private static void await(Supplier<List<String>> rows, String... expected)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!rows.get().equals(List.of(expected)) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(rows.get()).containsExactly(expected);
  }

  private static List<String> rows(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      return result.toList().stream().map(Object::toString).toList();
    }
  }

  @Test
  void theLastWindowClosesThoughNothingElseComes() throws InterruptedException {
    try (CaissonTest test = CaissonTest.openAt(BEGIN.plusSeconds(1))) {
      PIPELINE.forEach(test::run);
      test.run("INSERT INTO orders VALUES (1), (2)");
      test.view("closed").areExactly();
      test.advanceBy(Duration.ofSeconds(30));
      await(
          () ->
              rows(test.session(), "SELECT n FROM closed WHERE window_end = '2026-01-01 00:00:10'"),
          rows(test.session(), "SELECT 2::BIGINT AS n").get(0));
      test.run("INSERT INTO orders VALUES (3)");
      test.restart();
      test.advanceBy(Duration.ofSeconds(40));
      await(
          () -> rows(test.session(), "SELECT n, windows FROM most"),
          rows(test.session(), "SELECT 2::BIGINT AS n, 2::BIGINT AS windows").get(0));
    }
  }

  @Test
  void aRowOfAClockThatIsBehindCorrectsAWindowThatIsClosed() throws InterruptedException {
    var clock = new ManualClock(BEGIN.plusSeconds(1));
    try (Caisson caisson = Caisson.open(directory, clock);
        Session session = caisson.database("test").session()) {
      PIPELINE.forEach(sql -> session.execute(sql).close());
      session.execute("INSERT INTO orders VALUES (1)").close();
      clock.set(BEGIN.plusSeconds(40));
      await(
          () -> rows(session, "SELECT n FROM closed"),
          rows(session, "SELECT 1::BIGINT AS n").get(0));
      clock.set(BEGIN.plusSeconds(2));
      session.execute("INSERT INTO orders VALUES (2), (3)").close();
      assertThat(rows(session, "SELECT n, windows FROM most"))
          .isEqualTo(rows(session, "SELECT 3::BIGINT AS n, 1::BIGINT AS windows"));
    }
  }
}

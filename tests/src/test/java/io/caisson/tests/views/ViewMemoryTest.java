package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Result;
import io.caisson.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program may say how much memory its views take together. */
class ViewMemoryTest {
  private static final int ROWS = 60_000;

  @TempDir private Path directory;

  @Test
  void viewsOfTwoDatabasesShareLittleMemory() {
    var options = CaissonOptions.defaults().withViewMemoryBytes(4 << 20);
    try (Caisson caisson = Caisson.open(directory, options);
        Session first = caisson.database("one").session();
        Session second = caisson.database("two").session()) {
      for (Session session : List.of(first, second)) {
        run(session, "CREATE STREAM s (id BIGINT, name TEXT)");
        run(
            session,
            "CREATE MATERIALIZED VIEW v AS SELECT id, MAX(name) AS name FROM s GROUP BY id");
      }
      for (int from = 0; from < ROWS; from += ROWS / 3) {
        for (Session session : List.of(first, second)) {
          run(
              session,
              "INSERT INTO s SELECT i, repeat(md5(CAST(i AS TEXT)), 3) FROM generate_series(%d, %d) AS i"
                  .formatted(from, from + ROWS / 3 - 1));
        }
      }
      for (Session session : List.of(first, second)) {
        assertThat(rows(session, "SELECT COUNT(*), COUNT(DISTINCT name) FROM v"))
            .isEqualTo(rows(session, "SELECT %d::BIGINT, %d::BIGINT".formatted(ROWS, ROWS)));
        assertThat(
                rows(
                    session,
                    "SELECT state_bytes > 4194304 FROM caisson_catalog.materialized_views"))
            .isEqualTo(rows(session, "SELECT TRUE"));
      }
    }
  }

  private static void run(Session session, String sql) {
    session.execute(sql).close();
  }

  private static List<String> rows(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      int width = result.columns().size();
      return result.toList().stream()
          .map(row -> IntStream.range(0, width).mapToObj(row::get).toList().toString())
          .toList();
    }
  }

  @Test
  void lessThanFourMebibytesAreRefused() {
    assertThatThrownBy(() -> CaissonOptions.defaults().withViewMemoryBytes(4_000_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4194304");
  }
}

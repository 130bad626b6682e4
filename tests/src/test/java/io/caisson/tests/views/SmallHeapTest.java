package io.caisson.tests.views;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Views whose state is several times what they may hold in memory, in processes of a small heap:
 * the state lies in the store, the process lives, and the view is right.
 */
class SmallHeapTest {
  private static final String HEAP = "-Xmx112m";
  private static final long ROWS = 100_000;
  private static final long KEYS = 1_000;

  @Test
  void manyGroupsOfLongTexts() throws Exception {
    assertFound(
        "SELECT id / 2 AS g, COUNT(*) AS n, MAX(pad) AS m FROM s GROUP BY id / 2",
        "SELECT COUNT(*) AS c, SUM(n) AS n FROM v",
        ROWS / 2,
        ROWS);
  }

  @Test
  void joinThatKeepsAllRows() throws Exception {
    assertFound(
        "SELECT l.id, r.id AS o, l.pad FROM s l JOIN s r ON l.id = r.id + 1",
        "SELECT COUNT(*) AS c, SUM(o) AS n FROM v",
        ROWS - 1,
        sumBelow(ROWS - 1));
  }

  /** Each row meets itself and the next of its key, ten seconds later. */
  @Test
  void joinOfNearTimes() throws Exception {
    assertFound(
        "SELECT l.id, r.pad FROM s l JOIN s r ON l.k = r.k"
            + " AND r.ts BETWEEN l.ts AND l.ts + INTERVAL '10' SECOND",
        "SELECT COUNT(*) AS c, SUM(id) AS n FROM v",
        2 * ROWS - KEYS,
        sumBelow(ROWS) + sumBelow(ROWS - KEYS));
  }

  @Test
  void firstRowsOfEachKey() throws Exception {
    long kept = 20 * KEYS;
    assertFound(
        "SELECT id, k, pad FROM (SELECT id, k, pad, ROW_NUMBER() OVER (PARTITION BY k ORDER BY id DESC)"
            + " AS r FROM s) q WHERE r <= 20",
        "SELECT COUNT(*) AS c, SUM(id) AS n FROM v",
        kept,
        sumBelow(ROWS) - sumBelow(ROWS - kept));
  }

  @Test
  void rowsSeenFromOthers() throws Exception {
    assertFound(
        "SELECT k, id, pad, LAG(id) OVER (PARTITION BY k ORDER BY id) AS b FROM s",
        "SELECT COUNT(*) AS c, SUM(b) AS n FROM v",
        ROWS,
        sumBelow(ROWS - KEYS));
  }

  @Test
  void sessions() throws Exception {
    assertFound(
        "SELECT window_start, k, id, pad FROM SESSION(s, ts, k, INTERVAL '5' SECOND)",
        "SELECT COUNT(*) AS c, SUM(id) AS n FROM v",
        ROWS,
        sumBelow(ROWS));
  }

  /** Pairs of neighbours of a key: those of even places in it are first. */
  @Test
  void rowPatterns() throws Exception {
    assertFound(
        "SELECT * FROM s MATCH_RECOGNIZE (PARTITION BY k ORDER BY id MEASURES FIRST(id) AS f, LAST(pad) AS p"
            + " PATTERN (a b) DEFINE b AS id > PREV(id)) m",
        "SELECT COUNT(*) AS c, SUM(f) AS n FROM v",
        ROWS / 2,
        (sumBelow(ROWS) - KEYS * ROWS / 2) / 2);
  }

  /** The numbers from 0 on, added up. */
  private static long sumBelow(long end) {
    return end * (end - 1) / 2;
  }

  private static void assertFound(String view, String query, long count, long sum)
      throws IOException, InterruptedException {
    try (var directory = TemporaryDirectory.create()) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  HEAP,
                  "-XX:+ExitOnOutOfMemoryError",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SmallHeapChild.class.getName(),
                  directory.path().toString(),
                  String.valueOf(ROWS),
                  view,
                  query)
              .redirectErrorStream(true)
              .start();
      String said = new String(child.getInputStream().readAllBytes(), UTF_8);
      assertThat(child.waitFor()).as(said).isZero();
      assertThat(said).contains("found {c=" + count + ", n=" + sum + "}");
    }
  }
}

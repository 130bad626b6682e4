package io.caisson.tests.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.TestStore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An index of a table that is written meanwhile, over a restart. */
class IndexBuildTest {
  private static final int ROWS = 30_000;
  private static final int BATCH = 2_000;

  @Test
  void aBuildGoesOnAfterARestartAndMissesNothing() throws InterruptedException {
    try (var store = new TestStore()) {
      Session session = store.database().session();
      run(session, "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, pad TEXT)");
      for (int first = 0; first < ROWS; first += BATCH) {
        insert(session, first, BATCH);
      }
      run(session, "CREATE INDEX CONCURRENTLY by_n ON t (n)");
      insert(session, ROWS, 10);
      session.close();
      store.reopen();
      session = store.database().session();
      insert(session, ROWS + 10, 10);
      while (!state(session).equals("readable")) {
        assertThat(state(session)).matches("readable|building, \\d+ of \\d+ rows");
        Thread.sleep(20);
      }
      String query = "SELECT COUNT(*) AS c FROM t WHERE n = 3";
      assertThat(session.execute("EXPLAIN " + query).toList().toString()).contains("index by_n");
      long counted = session.execute(query).toList().get(0).getLong("c");
      assertThat(counted).isEqualTo(IntStream.range(0, ROWS + 20).filter(i -> i % 7 == 3).count());
      session.close();
    }
  }

  private static void insert(Session session, int first, int count) {
    String rows =
        IntStream.range(first, first + count)
            .mapToObj(i -> "(" + i + ", " + i % 7 + ", 'row number " + i + "')")
            .collect(Collectors.joining(", "));
    run(session, "INSERT INTO t VALUES " + rows);
  }

  private static String state(Session session) {
    return String.valueOf(session.execute("SHOW INDEXES FROM t").toList().get(0).get("state"));
  }

  private static void run(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
    }
  }
}

package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriptionTest {
  private static final int LEADING_COLUMNS = 4;

  private final TestStore store = new TestStore();
  private final Session writer = store.database().session();
  private final Session reader = store.database().session();

  @AfterEach
  void close() {
    writer.close();
    reader.close();
    store.close();
  }

  private void execute(String sql) {
    writer.execute(sql).close();
  }

  private Map<String, Long> rows(String sql) {
    var rows = new TreeMap<String, Long>();
    try (Result result = writer.execute(sql)) {
      result.forEach(row -> rows.merge(Values.texts(row).toString(), 1L, Long::sum));
    }
    return rows;
  }

  private static void add(Map<String, Long> rows, Row change) {
    List<String> texts = Values.texts(change);
    rows.merge(
        texts.subList(LEADING_COLUMNS, texts.size()).toString(),
        change.getLong("caisson_weight"),
        (a, b) -> a + b == 0 ? null : a + b);
  }

  /** Takes changes in until a progress mark, at which all weights are positive. */
  private static void takeUpToMark(Iterator<Row> changes, Map<String, Long> rows) {
    while (true) {
      Row change = changes.next();
      if (Boolean.TRUE.equals(change.get("caisson_progressed"))) {
        assertThat(rows.values()).allMatch(weight -> weight > 0);
        return;
      }
      add(rows, change);
    }
  }

  @Test
  void snapshotAndChangesAddUpToTheView() {
    execute("CREATE STREAM s (k TEXT, n BIGINT)");
    execute(
        "CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS c, SUM(n) AS total FROM s GROUP BY k");
    execute("INSERT INTO s VALUES ('a', 1), ('b', 2), ('a', 3)");
    try (Result result = reader.execute("SUBSCRIBE TO v WITH (SNAPSHOT, PROGRESS)")) {
      Iterator<Row> changes = result.iterator();
      var followed = new TreeMap<String, Long>();
      takeUpToMark(changes, followed);
      assertThat(followed).isEqualTo(rows("SELECT * FROM v"));
      for (int i = 0; i < 20; i++) {
        execute("INSERT INTO s VALUES ('a', " + i + "), ('k" + i % 3 + "', " + i + ")");
        var now = rows("SELECT * FROM v");
        while (!followed.equals(now)) {
          takeUpToMark(changes, followed);
        }
      }
    }
  }

  @Test
  void cancelEndsASubscriptionThatWaits() throws Exception {
    execute("CREATE STREAM s (k TEXT)");
    execute("CREATE MATERIALIZED VIEW v AS SELECT k FROM s");
    try (Result result = reader.execute("SUBSCRIBE TO v")) {
      var canceller =
          new Thread(
              () -> {
                sleep();
                reader.cancel();
              });
      canceller.start();
      Iterator<Row> changes = result.iterator();
      assertThatThrownBy(changes::hasNext)
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
      canceller.join();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

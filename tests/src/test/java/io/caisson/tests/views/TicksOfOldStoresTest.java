package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.TestStore;
import org.junit.jupiter.api.Test;

/** Where old ticks are given up, the one that is recorded meanwhile is not. */
class TicksOfOldStoresTest {
  /** Each opening takes the store's version ahead, by up to a minute. */
  private static final int OPENINGS = 25;

  private static void execute(Database database, String sql) {
    try (Session session = database.session()) {
      session.execute(sql).close();
    }
  }

  private static Object count(Database database, String from) {
    try (Session session = database.session();
        Result result = session.execute("SELECT COUNT(*) AS n FROM " + from)) {
      return result.toList().get(0).getLong("n");
    }
  }

  @Test
  void viewKnowsTheTimeInAStoreThatHasTicksToGiveUp() {
    try (var store = new TestStore()) {
      execute(store.database(), "CREATE STREAM s (id BIGINT, ts TIMESTAMP)");
      execute(store.database(), "INSERT INTO s VALUES (1, TIMESTAMP '2020-01-01 00:00:00')");
      for (int i = 0; i < OPENINGS; i++) {
        store.reopen();
        execute(store.database(), "INSERT INTO s VALUES (2, TIMESTAMP '2020-01-01 00:00:01')");
      }
      execute(
          store.database(),
          "CREATE MATERIALIZED VIEW lately AS SELECT id FROM s WHERE ts > now() - INTERVAL '5 minutes'");
      execute(store.database(), "INSERT INTO s VALUES (3, LOCALTIMESTAMP)");
      assertThat(count(store.database(), "lately")).isEqualTo(1L);
      store.reopen();
      assertThat(count(store.database(), "lately")).isEqualTo(1L);
    }
  }
}

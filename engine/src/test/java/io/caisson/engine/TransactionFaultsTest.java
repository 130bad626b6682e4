package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Database;
import io.caisson.Session;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.fault.FaultKind;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions on a store that fails now and then, in every way that a store may. */
class TransactionFaultsTest {
  private static final long SEED = Long.getLong("caisson.seed", 77);
  private static final int COUNTS = 150;

  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void everyTransactionHappensExactlyOnce() {
    EmbeddedDatabase store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
    var sql = new SqlFrontEnd(Clock.system());
    try (Caisson caisson =
        new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults())) {
      Database database = caisson.database("test");
      try (Session session = database.session()) {
        session.execute("CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)");
        session.execute("CREATE STREAM counted (id BIGINT)");
        session.execute("INSERT INTO counters VALUES (1, 0), (2, 0)");
      }
      store.faults(FaultPlan.everywhere(SEED, 0.02).withLongestDelay(Duration.ofMillis(2)));
      for (int i = 0; i < COUNTS; i++) {
        int id = 1 + i % 2;
        database.transact(
            transaction -> {
              transaction.execute("UPDATE counters SET n = n + 1 WHERE id = ?", id);
              return transaction.execute("INSERT INTO counted VALUES (?)", id).command();
            });
      }
      try (Session session = database.session()) {
        for (int i = 0; i < COUNTS; i++) {
          session.execute("UPDATE counters SET n = n + 1 WHERE id = 2");
        }
        store.faults(FaultPlan.none());
        assertThat(session.execute("SELECT n FROM counters ORDER BY id").toList())
            .as("-Dcaisson.seed=" + SEED)
            .extracting(row -> row.get(0))
            .containsExactly(COUNTS / 2L, COUNTS / 2L + COUNTS);
        assertThat(session.execute("SELECT COUNT(*) FROM counted").toList().get(0).get(0))
            .isEqualTo((long) COUNTS);
      }
    }
  }

  @Test
  @Timeout(120)
  void aSelectGoesOnWhereTheStoreLagsBehindForAMoment() {
    EmbeddedDatabase store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
    var sql = new SqlFrontEnd(Clock.system());
    try (Caisson caisson =
            new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults());
        Session session = caisson.database("test").session()) {
      session.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, filling TEXT)");
      session.execute(
          "INSERT INTO t SELECT n, repeat('x', 500) FROM generate_series(1, 5000) AS s (n)");
      store.faults(
          FaultPlan.none()
              .withSeed(SEED)
              .with(FaultKind.PROCESS_BEHIND, 0.1)
              .with(FaultKind.TAG_THROTTLED, 0.1)
              .withLongestDelay(Duration.ofMillis(2)));
      for (int i = 0; i < 5; i++) {
        assertThat(session.execute("SELECT id FROM t WHERE filling <> 'y'").toList())
            .as("-Dcaisson.seed=" + SEED)
            .hasSize(5000);
      }
      assertThat(store.metrics().faults().get(FaultKind.PROCESS_BEHIND)).isPositive();
      store.faults(FaultPlan.none());
    }
  }
}

package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.ChangeBatch;
import io.caisson.Session;
import io.caisson.Subscription;
import io.caisson.tests.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever takes in the changes of a subscription in the transactions that acknowledge them has what
 * the view has, whatever happens in between: restarts, readers that acknowledge nothing, others
 * that read the view meanwhile. {@code -Dcaisson.scenarios=} makes it more.
 */
@Timeout(600)
class SubscriptionPropertyTest {
  private static final int SCENARIOS = Integer.getInteger("caisson.scenarios", 6);
  private static final int STEPS = 60;
  private static final Duration SOON = Duration.ofMillis(300);

  private static final List<String> QUERIES =
      List.of(
          "SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k",
          "SELECT k, v FROM s WHERE v > 3",
          "SELECT t.name, COUNT(*) AS n FROM s JOIN t ON t.k = s.k GROUP BY t.name",
          "SELECT DISTINCT v FROM s",
          "SELECT k, name FROM t");

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @Test
  void changesAddUpToTheViewHoweverTheyAreTakenIn() {
    var random = new SplittableRandom(seed);
    int taken = 0;
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      try (var run = new Run(random.split(), scenario)) {
        taken += run.run();
      }
    }
    System.out.println(SCENARIOS + " scenarios, " + taken + " acknowledgements, seed " + seed);
    assertThat(taken).isPositive();
  }

  /** One view, one subscription. */
  private final class Run implements AutoCloseable {
    private final SplittableRandom random;
    private final String what;
    private final TestStore store = new TestStore();
    private Session session = store.database().session();

    Run(SplittableRandom random, int scenario) {
      this.random = random;
      this.what = "scenario " + scenario + ", -Dcaisson.seed=" + seed;
    }

    int run() {
      execute("CREATE STREAM s (k BIGINT, v BIGINT)");
      execute("CREATE TABLE t (k BIGINT PRIMARY KEY, name TEXT)");
      execute(AppliedChanges.TABLE);
      change();
      String query = QUERIES.get(random.nextInt(QUERIES.size()));
      execute("CREATE MATERIALIZED VIEW v AS " + query);
      execute("CREATE SUBSCRIPTION sub FROM v WITH (snapshot)");
      if (random.nextBoolean()) {
        execute("CREATE SUBSCRIPTION idle FROM v");
      }
      int taken = 0;
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0 -> reopen();
          case 1 -> look();
          case 2 -> taken += consumer().take(1 + random.nextInt(3), SOON);
          case 3 -> AppliedChanges.rows(session, "v");
          case 4 -> execute("VACUUM");
          default -> change();
        }
      }
      Map<String, Long> view = AppliedChanges.rows(session, "v");
      taken += consumer().takeAll(session, view);
      assertThat(AppliedChanges.counted(session)).as(what + "\n" + query).isEqualTo(view);
      return taken;
    }

    private AppliedChanges consumer() {
      return new AppliedChanges(store.database(), "sub");
    }

    /** Two who acknowledge nothing are told the same. */
    private void look() {
      List<ChangeBatch> first = peek();
      List<ChangeBatch> second = peek();
      int common = Math.min(first.size(), second.size());
      boolean snapshot = "idle".equals(state());
      if (snapshot) {
        assertThat(second.subList(0, common)).as(what).isEqualTo(first.subList(0, common));
      }
    }

    /** Whether its changes are told from the log: a snapshot is one of the moment. */
    private String state() {
      try (var result =
          session.execute(
              "SELECT CASE WHEN acknowledged IS NULL THEN 'snapshot' ELSE 'idle' END AS state"
                  + " FROM caisson_catalog.subscriptions WHERE name = 'sub'")) {
        return Objects.requireNonNull(result.iterator().next().getString("state"));
      }
    }

    private List<ChangeBatch> peek() {
      var batches = new ArrayList<ChangeBatch>();
      try (Subscription changes = store.database().subscribe("sub")) {
        for (int i = 0; i < 3; i++) {
          ChangeBatch batch = changes.next(SOON);
          if (batch != null && !batch.changes().isEmpty()) {
            batches.add(batch);
          }
        }
      }
      return batches;
    }

    private void change() {
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        long k = random.nextInt(5);
        switch (random.nextInt(4)) {
          case 0 ->
              execute(
                  "INSERT INTO t VALUES (%d, 'n%d') ON CONFLICT (k) DO UPDATE SET name = excluded.name"
                      .formatted(k, random.nextInt(3)));
          case 1 -> execute("DELETE FROM t WHERE k = " + k);
          default ->
              execute(
                  "INSERT INTO s VALUES (%d, %d), (%d, %d)"
                      .formatted(k, random.nextInt(9), k + 1, random.nextInt(9)));
        }
      }
    }

    private void reopen() {
      session.close();
      store.reopen();
      session = store.database().session();
    }

    private void execute(String sql) {
      session.execute(sql).close();
    }

    @Override
    public void close() {
      session.close();
      store.close();
    }
  }
}

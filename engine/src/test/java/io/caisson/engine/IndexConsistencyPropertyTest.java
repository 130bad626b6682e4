package io.caisson.engine;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Database;
import io.caisson.Session;
import io.caisson.fdb.embedded.Durability;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several sessions change a table and a collection with several indexes at random, and make and
 * drop indexes meanwhile, on a store that fails now and then. Afterwards every index is byte for
 * byte what it is when it is built anew. {@code -Dcaisson.seed=} repeats a history, {@code
 * -Dcaisson.scenarios=} runs more of them.
 */
class IndexConsistencyPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 3_141);
  private static final int SCENARIOS = Integer.getInteger("caisson.scenarios", 2);
  private static final int STEPS = 40;
  private static final int THREADS = 2;

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> everyIndexEqualsOneThatIsBuiltAnew() {
    return IntStream.range(0, SCENARIOS)
        .mapToObj(i -> SEED + i)
        .map(seed -> DynamicTest.dynamicTest("-Dcaisson.seed=" + seed, () -> run(seed)));
  }

  private void run(long seed) throws InterruptedException, ExecutionException {
    EmbeddedDatabase store =
        EmbeddedDatabase.open(
            directory.resolve("" + seed),
            EmbeddedOptions.defaults().withDurability(Durability.MEMORY));
    var sql = new SqlFrontEnd(Clock.system());
    try (Caisson caisson =
        new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults())) {
      Database database = caisson.database("test");
      RandomChanges.define(database);
      store.options().setTransactionMaxRetryDelay(2);
      store.faults(FaultPlan.everywhere(seed, 0.01).withLongestDelay(Duration.ofMillis(1)));
      change(database, seed);
      store.faults(FaultPlan.none());
      IndexCheck.check(database, store);
    }
  }

  private static void change(Database database, long seed)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        var random = new SplittableRandom(seed * THREADS + thread);
        running.add(executor.submit(() -> change(database, random)));
      }
      for (Future<?> one : running) {
        Object unused = one.get();
      }
    } finally {
      executor.shutdown();
    }
  }

  private static void change(Database database, SplittableRandom random) {
    try (Session session = database.session()) {
      for (int step = 0; step < STEPS; step++) {
        RandomChanges.one(database, session, random);
      }
    }
  }
}

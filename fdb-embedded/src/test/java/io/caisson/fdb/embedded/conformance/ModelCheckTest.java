package io.caisson.fdb.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Database;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of short random histories against a plain sorted map ({@link ModelHistory}). {@code
 * -Dcaisson.runs=} says how many, {@code -Dcaisson.seed=} repeats one that failed: exactly, if it
 * was an interleaved one.
 */
final class ModelCheckTest {
  private static final int EMBEDDED_RUNS = 2_400;
  private static final int CLUSTER_RUNS = 60;
  private static final int THREADS = 8;

  private static int runs(Store store) {
    return Integer.getInteger(
        "caisson.runs", store == Store.EMBEDDED ? EMBEDDED_RUNS : CLUSTER_RUNS);
  }

  private static void run(Store store, Database database, boolean concurrently, boolean faults) {
    Long seed = Long.getLong("caisson.seed");
    long first = seed == null ? System.nanoTime() : seed;
    int runs = seed == null ? runs(store) / (faults ? 8 : 2) : 1;
    System.out.println("Model check on %s, %s runs, first seed %s".formatted(store, runs, first));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    int committed = 0;
    try {
      for (int i = 0; i < runs; i++) {
        SplittableRandom shape = new SplittableRandom(first + i);
        int lines = shape.nextInt(4, THREADS + 1);
        committed +=
            new ModelRun(database, first + i, store == Store.EMBEDDED && !faults)
                .check(threads, concurrently, lines, shape.nextInt(1, 5));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(committed).isGreaterThan(runs);
  }

  @ParameterizedTest
  @MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void interleavedTransactionsHaveOneOrder(Store store) {
    run(store, store.shared(), false, false);
  }

  @ParameterizedTest
  @MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void transactionsOfManyThreadsHaveOneOrder(Store store) {
    run(store, store.shared(), true, false);
  }

  @ParameterizedTest
  @MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void transactionsHaveOneOrderWhateverFails(Store store) {
    Database database = store.openWithFaults(Long.getLong("caisson.seed", System.nanoTime()), 0.02);
    try {
      run(store, database, true, true);
    } finally {
      Store.close(database);
    }
  }
}

package io.caisson.fdb.embedded.conformance;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sixteen threads that do the same thing for some time on a database that fails now and then, and a
 * subspace to do it in. {@code -Dcaisson.workload.seconds=} makes it longer. Closed by the test.
 */
final class Workload implements AutoCloseable {
  private static final int THREADS = 16;
  private static final double FAULTS = 0.02;

  /** What one thread does until it is told to stop. */
  interface Work {
    void once(SplittableRandom random, int thread, int count) throws Exception;
  }

  private final Database database;
  private final Subspace subspace = new Subspace(Tuple.from("workload", UUID.randomUUID()));
  private final long seed;

  Workload(Store store) {
    seed = Long.getLong("caisson.seed", System.nanoTime());
    database = store.openWithFaults(seed, FAULTS);
    System.out.println("Workload on %s, seed %s".formatted(store, seed));
  }

  Database database() {
    return database;
  }

  Subspace subspace() {
    return subspace;
  }

  /** Lets all threads work, and says how often each of them has. */
  List<Integer> run(Work work) throws Exception {
    long seconds = Long.getLong("caisson.workload.seconds", 3);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        SplittableRandom random = new SplittableRandom(seed + i);
        running.add(
            threads.submit(
                () -> {
                  int count = 0;
                  while (System.nanoTime() < end) {
                    work.once(random, thread, count++);
                  }
                  return count;
                }));
      }
      List<Integer> counts = new ArrayList<>();
      for (Future<Integer> thread : running) {
        counts.add(thread.get());
      }
      return counts;
    } catch (ExecutionException failure) {
      throw new AssertionError("With seed " + seed, failure.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    database.run(
        transaction -> {
          transaction.clear(Range.startsWith(subspace.pack()));
          return 0;
        });
    Store.close(database);
  }
}

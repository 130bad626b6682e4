package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Many threads, random transactions, and a plain sorted map: every read must equal the map at the
 * read version, and the reads of a committed transaction must also equal the map just before its
 * place in the order of commits.
 */
final class SerializabilityPropertyTest {
  private static final int THREADS = 8;
  private static final int TRANSACTIONS = Integer.getInteger("caisson.transactions", 250);

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());
  private final ConcurrentLinkedQueue<Ran> history = new ConcurrentLinkedQueue<>();

  /** What one transaction did and saw. */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  private record Ran(
      long readVersion, List<RandomStep> steps, List<String> seen, byte[] versionstamp) {
    boolean isCommitted() {
      return versionstamp.length > 0;
    }

    long commitVersion() {
      long version = 0;
      for (int i = 0; i < 8; i++) {
        version = (version << 8) | (versionstamp[i] & 0xff);
      }
      return version;
    }
  }

  @Test
  void everyReadIsExplainedByOneOrderOfTheCommits() throws Exception {
    run(EmbeddedOptions.defaults().withDurability(Durability.MEMORY));
  }

  @Test
  void theSameHoldsWhenTheMapGrowsAndTheWindowIsSmall() throws Exception {
    run(
        EmbeddedOptions.defaults()
            .withDurability(Durability.MEMORY)
            .withInitialMapBytes(1 << 20)
            .withHistoryBytes(20_000));
  }

  private void run(EmbeddedOptions options) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (StoreUnderTest store = new StoreUnderTest(options)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(seed + i);
        workers.add(threads.submit(() -> work(store, random)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      check();
    } catch (AssertionError | Exception failure) {
      throw new AssertionError("Run again with -Dcaisson.seed=" + seed, failure);
    } finally {
      threads.shutdownNow();
    }
  }

  private void work(StoreUnderTest store, SplittableRandom random) {
    long earlier = -1;
    for (int i = 0; i < TRANSACTIONS; i++) {
      try (Transaction transaction = store.database().createTransaction()) {
        if (earlier > 0 && random.nextInt(4) == 0) {
          transaction.setReadVersion(earlier);
        }
        List<RandomStep> steps = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        byte[] stamp = {};
        long version = transaction.getReadVersion().join();
        try {
          int count = 1 + random.nextInt(6);
          for (int step = 0; step < count; step++) {
            RandomStep next = RandomStep.any(random);
            String result = next.onStore(transaction);
            steps.add(next);
            seen.add(result);
          }
          CompletableFuture<byte[]> future = transaction.getVersionstamp();
          transaction.commit().join();
          stamp = transaction.getCommittedVersion() < 0 ? stamp : future.join();
        } catch (CompletionException refused) {
          assertThat(refused.getCause())
              .isInstanceOfSatisfying(
                  EmbeddedException.class, known -> assertThat(known.isRetryable()).isTrue());
        }
        history.add(new Ran(version, steps, seen, stamp));
        earlier = random.nextInt(3) == 0 ? version : -1;
      }
    }
  }

  private void check() {
    List<Ran> committed =
        history.stream()
            .filter(Ran::isCommitted)
            .sorted(Comparator.comparing(Ran::versionstamp, Arrays::compareUnsigned))
            .toList();
    assertThat(committed).hasSizeGreaterThan(THREADS * TRANSACTIONS / 20);
    NavigableMap<Long, TreeMap<byte[], byte[]>> states = new TreeMap<>();
    TreeMap<byte[], byte[]> state = new TreeMap<>(Arrays::compareUnsigned);
    states.put(0L, state);
    for (Ran ran : committed) {
      TreeMap<byte[], byte[]> next = new TreeMap<>(state);
      for (int i = 0; i < ran.steps().size(); i++) {
        RandomStep step = ran.steps().get(i);
        String expected = step.onModel(next);
        if (!step.snapshot()) {
          assertThat(ran.seen().get(i)).as("%s at its commit", step).isEqualTo(expected);
        }
      }
      state = next;
      states.put(ran.commitVersion(), state);
    }
    for (Ran ran : history) {
      TreeMap<byte[], byte[]> start = states.floorEntry(ran.readVersion()).getValue();
      TreeMap<byte[], byte[]> copy = new TreeMap<>(start);
      for (int i = 0; i < ran.steps().size(); i++) {
        RandomStep step = ran.steps().get(i);
        assertThat(ran.seen().get(i))
            .as("%s at its read version", step)
            .isEqualTo(step.onModel(copy));
      }
    }
  }
}

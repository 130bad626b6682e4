package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.fdb.embedded.journal.DiskEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power at random moments of random work ({@link PowerCut}) and opens what is left: all
 * that was certain is there, the rest as a whole or not at all and in its order, and the tree is
 * sound. One opening in three is cut short too, before its checkpoint, and done again.
 *
 * <p>It goes on for twenty seconds, or for {@code -Dpower.seconds=N}.
 */
final class PowerLossTest {
  /** What is certain can be told only where no commit's outcome is hidden. */
  private static final EmbeddedOptions CALM =
      EmbeddedOptions.defaults().withFaults(FaultPlan.none());

  private static final List<Durability> DURABILITIES = List.of(Durability.values());
  private static final int COMMITS_OF_A_ROUND = 300;
  private static final int MOST_AT_ONCE = 12;
  private static final int STEPS_OF_A_CUT = 12;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  /**
   * What a cut has left.
   *
   * @param certain commits that must be there
   * @param commits those that are there
   * @param digest of everything that is there
   */
  private record Remains(long certain, long commits, String digest) {}

  @Test
  void whatIsCertainSurvivesThePowerFailure() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("power.seconds", 20L));
    SplittableRandom random = new SplittableRandom(seed);
    int rounds = 0;
    int cuts = 0;
    long checkpoints = 0;
    while (rounds < 3 || System.nanoTime() < end) {
      Durability durability = random.nextInt(3) == 0 ? Durability.RELAXED : Durability.DURABLE;
      try {
        Round round = new Round(directory.resolve("round" + rounds), durability, random.split());
        round.run();
        cuts += round.remains.size();
        checkpoints += round.checkpoints;
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "Round " + rounds + ", run again with -Dcaisson.seed=" + seed, failure);
      }
      rounds++;
    }
    System.out.printf(
        "Cut the power %d times in %d rounds with %d checkpoints, seed %d%n",
        cuts, rounds, checkpoints, seed);
    assertThat(cuts).isGreaterThan(20);
    assertThat(checkpoints).isGreaterThan(rounds);
  }

  /** One database, from its beginning to its end. */
  private static final class Round {
    private final Path home;
    private final Durability durability;
    private final SplittableRandom random;
    private final SplittableRandom randomOfCuts; // the writing thread's
    private final RandomCommits commits;
    private final List<Remains> remains = new ArrayList<>();
    private long checkpoints;

    Round(Path home, Durability durability, SplittableRandom random) {
      this.home = home;
      this.durability = durability;
      this.random = random;
      this.randomOfCuts = random.split();
      this.commits = new RandomCommits(random.split());
    }

    void run() throws Exception {
      PowerCut power =
          new PowerCut(home.resolve("data"), random.split(), STEPS_OF_A_CUT, this::cut);
      JournalLimits limits =
          new JournalLimits(
              20_000L << random.nextInt(6),
              200_000L << random.nextInt(4),
              Duration.ofMillis(5),
              power);
      EmbeddedOptions options = CALM.withDurability(durability).withInitialMapBytes(1 << 20);
      try (EmbeddedDatabase database =
          EmbeddedDatabase.open(home.resolve("data"), options, limits)) {
        power.running(true);
        work(database, power);
        power.running(false);
        checkpoints = database.metrics().checkpoints();
      }
      List<String> expected = commits.digests();
      for (Remains left : remains) {
        assertThat(left.commits).isBetween(left.certain, (long) COMMITS_OF_A_ROUND);
        assertThat(left.digest)
            .as("after %s commits", left.commits)
            .isEqualTo(expected.get((int) left.commits));
      }
      try (EmbeddedDatabase database = EmbeddedDatabase.open(home.resolve("data"), CALM)) {
        assertThat(database.<String>read(RandomCommits::digest))
            .isEqualTo(expected.get(COMMITS_OF_A_ROUND));
      }
      StoreUnderTest.delete(home);
    }

    private void work(EmbeddedDatabase database, PowerCut power) throws InterruptedException {
      Deque<CompletableFuture<Void>> pending = new ArrayDeque<>();
      for (int i = 0; i < COMMITS_OF_A_ROUND; i++) {
        pending.add(commits.commit(database).thenRun(power::acknowledge));
        while (pending.size() > random.nextInt(MOST_AT_ONCE)) {
          pending.remove().join();
        }
        if (random.nextInt(50) == 0) {
          TimeUnit.MILLISECONDS.sleep(10); // long enough for what is done at leisure
        }
      }
      pending.forEach(CompletableFuture::join);
    }

    private void cut(PowerCut power) {
      Path copy = home.resolve("cut" + remains.size());
      long certain =
          durability == Durability.DURABLE ? power.acknowledged() : power.certainCommits();
      try {
        power.copyTo(copy);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      if (randomOfCuts.nextInt(3) == 0) {
        assertThatThrownBy(
                () -> EmbeddedDatabase.open(copy, CALM, failingCheckpoint(randomOfCuts.nextInt(2))))
            .hasMessage("cut");
      }
      Durability next = DURABILITIES.get(randomOfCuts.nextInt(3));
      EmbeddedOptions options = CALM.withDurability(next);
      Remains left;
      try (EmbeddedDatabase database = EmbeddedDatabase.open(copy, options)) {
        left = remains(database, certain);
      }
      try (EmbeddedDatabase database = EmbeddedDatabase.open(copy, options)) {
        assertThat(remains(database, certain)).isEqualTo(left);
      }
      remains.add(left);
      StoreUnderTest.delete(copy);
    }

    private static Remains remains(EmbeddedDatabase database, long certain) {
      return database.read(
          read -> new Remains(certain, RandomCommits.count(read), RandomCommits.digest(read)));
    }

    /** An opening that ends when it has replayed the journal, before or after it syncs the tree. */
    private static JournalLimits failingCheckpoint(int when) {
      JournalLimits usual = JournalLimits.defaults();
      AtomicInteger before = new AtomicInteger(when);
      return new JournalLimits(
          usual.journalBytes(),
          usual.treeBytes(),
          usual.idle(),
          new DiskEvents() {
            @Override
            public void treeSynced() {
              if (before.getAndDecrement() == 0) {
                throw new IllegalStateException("cut");
              }
            }

            @Override
            public void checkpointDurable() {
              throw new IllegalStateException("cut");
            }
          });
    }
  }
}

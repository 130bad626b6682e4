package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.fdb.embedded.fault.FaultPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child process ({@link CrashChild}) writes transactions of several keys and says after each
 * commit that it is done; it is killed at random moments, also while it opens the database. What it
 * said it had done is there; every transaction is there as a whole or not at all, also the one that
 * nobody was told of; and the tree reads the same both ways.
 *
 * <p>It kills for a minute, or for {@code -Dcrash.minutes=N}, about once a second on two cores;
 * {@code -Dcrash.seconds=N} makes it shorter.
 */
final class CrashTest {
  /** Everything is read in one transaction, which under faults would hardly come to its end. */
  private static final EmbeddedOptions CALM =
      EmbeddedOptions.defaults().withFaults(FaultPlan.none());

  private static final int LONGEST_LIFE_MILLIS = 700;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());
  private final long[] acknowledged = new long[CrashChild.THREADS];

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedSurvivesTheKill() throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    long seconds =
        Long.getLong("crash.seconds", TimeUnit.MINUTES.toSeconds(Long.getLong("crash.minutes", 1)));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Arrays.fill(acknowledged, -1);
    int rounds = 0;
    while (rounds < 4 || System.nanoTime() < end) {
      Durability durability = random.nextBoolean() ? Durability.DURABLE : Durability.RELAXED;
      runAndKill(random, durability);
      try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, CALM)) {
        database.read(this::assertWhole);
      } catch (AssertionError failure) {
        throw new AssertionError(
            "Round " + rounds + ", run again with -Dcaisson.seed=" + seed, failure);
      }
      rounds++;
    }
    System.out.println(
        "Killed %s times, acknowledged %s, seed %s"
            .formatted(rounds, Arrays.toString(acknowledged), seed));
    assertThat(Arrays.stream(acknowledged).max().orElse(-1)).isPositive();
  }

  /** Lets a child run for a moment; one in four is killed before it has opened the database. */
  private void runAndKill(SplittableRandom random, Durability durability)
      throws IOException, InterruptedException {
    Process child = ChildProcess.start(CrashChild.class, directory.toString(), durability.name());
    boolean beforeItIsOpen = random.nextInt(4) == 0;
    long life = TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS));
    Thread killer = new Thread(() -> killAfter(child, life));
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
      if (beforeItIsOpen) {
        killer.start();
      }
      String line = said.readLine();
      while (line != null) {
        if (line.equals("open") && !beforeItIsOpen) {
          killer.start();
        } else if (line.matches("done [0-9]+ [0-9]+")) {
          String[] words = line.split(" ", -1);
          acknowledged[Integer.parseInt(words[1])] = Long.parseLong(words[2]);
        } else if (!line.startsWith("open") && !line.startsWith("done")) {
          // Newer JVMs warn of native access.
          assertThat(line).as("what the child says").matches("((SLF4J|WARNING: ).*)?");
        }
        line = said.readLine();
      }
    } finally {
      child.destroyForcibly().waitFor();
      killer.join();
    }
  }

  /** Unlike the process itself its handle leaves the stream open. */
  private static void killAfter(Process child, long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    child.toHandle().destroyForcibly();
  }

  private int assertWhole(ReadTransaction read) {
    long transactions = 0;
    long rows = 0;
    for (int thread = 0; thread < CrashChild.THREADS; thread++) {
      byte[] stored = read.get(CrashChild.lastKey(thread)).join();
      long last = stored == null ? -1 : CrashChild.number(stored);
      assertThat(last)
          .as("thread %s", thread)
          .isBetween(acknowledged[thread], acknowledged[thread] + 1); // one commit was under way
      acknowledged[thread] = last;
      for (long number = Math.max(0, last - CrashChild.KEPT + 1); number <= last; number++) {
        assertThat(read.get(CrashChild.rowKey(thread, number)).join())
            .isEqualTo(CrashChild.value(thread, number));
        assertThat(read.get(CrashChild.indexKey(thread, number)).join()).isEmpty();
        rows++;
      }
      transactions += last + 1;
    }
    assertThat(read.getRange(Tuple.from("row").range()).asList().join()).hasSize((int) rows);
    assertThat(read.getRange(Tuple.from("index").range()).asList().join()).hasSize((int) rows);
    byte[] count = read.get(CrashChild.countKey()).join();
    assertThat(count == null ? 0 : CrashChild.number(count)).isEqualTo(transactions);
    byte[] archived = read.get(Tuple.from("archived").pack()).join();
    int logged = read.getRange(Tuple.from("log").range()).asList().join().size();
    assertThat((archived == null ? 0 : CrashChild.number(archived)) + logged)
        .isEqualTo(transactions);
    assertReadsBothWays(read);
    return 0;
  }

  private static void assertReadsBothWays(ReadTransaction read) {
    byte[] end = {(byte) 0xff};
    List<KeyValue> up = read.getRange(new byte[0], end).asList().join();
    List<KeyValue> down = read.getRange(new byte[0], end, 0, true).asList().join();
    Collections.reverse(down);
    assertThat(up.equals(down)).isTrue();
    assertThat(up).extracting(KeyValue::getKey).isSortedAccordingTo(Arrays::compareUnsigned);
    for (KeyValue row : up) {
      assertThat(read.get(row.getKey()).join()).isEqualTo(row.getValue());
    }
  }
}

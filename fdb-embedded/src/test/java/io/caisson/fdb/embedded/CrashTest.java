package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child process writes numbered transactions of several keys and says after each commit that it
 * is done; it is killed at random moments. What it said it had done is there, and every transaction
 * is there as a whole or not at all.
 *
 * <p>{@code -Dcrash.minutes=N} makes it a long run.
 */
final class CrashTest {
  /** Keys that one transaction writes. */
  static final int KEYS = 7;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedSurvivesTheKill() throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("crash.minutes", 0));
    int rounds = 0;
    int acknowledged = -1;
    while (rounds < 4 || System.nanoTime() < end) {
      acknowledged = Math.max(acknowledged, runAndKill(random.nextInt(400)));
      try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
        assertWhole(database, acknowledged);
      } catch (AssertionError failure) {
        throw new AssertionError(
            "Round " + rounds + ", run again with -Dcaisson.seed=" + seed, failure);
      }
      rounds++;
    }
    assertThat(acknowledged).isPositive();
  }

  /** The highest number that the child acknowledged before it was killed. */
  private int runAndKill(int millis) throws IOException, InterruptedException {
    Process child = ChildProcess.start(CrashChild.class, directory.toString());
    int acknowledged = -1;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
      long killAt = Long.MAX_VALUE;
      String line = said.readLine();
      while (line != null) {
        if (line.matches("done [0-9]+")) {
          acknowledged = Math.max(acknowledged, Integer.parseInt(line.substring(5)));
          if (killAt == Long.MAX_VALUE) {
            killAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          }
        }
        if (System.nanoTime() > killAt) {
          child.toHandle().destroyForcibly(); // unlike the process itself it leaves the stream open
        }
        line = said.readLine();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private static void assertWhole(EmbeddedDatabase database, int acknowledged) {
    List<KeyValue> rows =
        database.read(
            transaction ->
                transaction.getRange(new byte[0], new byte[] {(byte) 0xff}).asList().join());
    assertThat(rows.size() % KEYS).isZero();
    int transactions = rows.size() / KEYS;
    assertThat(transactions).isGreaterThan(acknowledged);
    for (int i = 0; i < rows.size(); i++) {
      ByteBuffer key = ByteBuffer.wrap(rows.get(i).getKey());
      assertThat(key.getInt()).isEqualTo(i / KEYS);
      assertThat(key.getInt()).isEqualTo(i % KEYS);
      assertThat(rows.get(i).getValue()).hasSize(CrashChild.size(i / KEYS, i % KEYS));
    }
  }
}

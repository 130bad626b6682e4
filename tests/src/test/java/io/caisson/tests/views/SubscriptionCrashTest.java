package io.caisson.tests.views;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed at random moments while it keeps a view, writes its changes down, and takes
 * them in: every change has had its effect once. {@code -Dcaisson.kills=} makes it more often.
 */
class SubscriptionCrashTest {
  private static final int KILLS = Integer.getInteger("caisson.kills", 4);
  private static final int LONGEST_LIFE_MILLIS = 3_000;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void eachChangeHasItsEffectOnce() throws Exception {
    var random = new SplittableRandom(seed);
    int compared = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long written = runAndKill(random);
      try (Caisson caisson = Caisson.open(directory)) {
        Database database = caisson.database(SubscriptionChild.DATABASE);
        String what = "kill " + kill + " after " + written + " writes, -Dcaisson.seed=" + seed;
        compared += compare(database, what);
      }
    }
    System.out.println("Killed " + KILLS + " times, " + compared + " rows, seed " + seed);
    assertThat(compared).isPositive();
  }

  private static int compare(Database database, String what) {
    try (Session session = database.session()) {
      Map<String, Long> view = AppliedChanges.rows(session, "v");
      assertThat(view)
          .as(what)
          .isEqualTo(AppliedChanges.rows(session, "(" + SubscriptionChild.VIEW + ") AS q"));
      var consumer = new AppliedChanges(database, "sub");
      int unused = consumer.takeAll(session, view);
      assertThat(AppliedChanges.counted(session)).as(what).isEqualTo(view);
      return view.size();
    }
  }

  /** Lets a child run for a moment; answers how often it said it had written. */
  private long runAndKill(SplittableRandom random) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SubscriptionChild.class.getName(),
                directory.toString(),
                String.valueOf(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long life = random.nextInt(LONGEST_LIFE_MILLIS);
    long written = 0;
    try (var said = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      long end = Long.MAX_VALUE;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith("done ")) {
          written++;
          if (end == Long.MAX_VALUE) {
            end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(life);
          }
          if (System.nanoTime() > end) {
            child.toHandle().destroyForcibly(); // the process itself would close what it said
          }
        }
      }
    }
    child.waitFor();
    return written;
  }
}

package io.caisson.tests.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A process that says {@code done n} for each commit, and is killed, as {@code kill -9} does, some
 * time after it said so first. Stateless.
 */
final class KilledProcess {
  private KilledProcess() {}

  /**
   * Runs a class until the kill.
   *
   * @param main the class, whose arguments are the directory and a seed
   * @param longestMillis how long it may live after its first commit
   * @return how many commits it said it had made; 0 for none
   */
  static long run(Class<?> main, Path directory, SplittableRandom random, int longestMillis)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString(),
                String.valueOf(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long life = random.nextInt(longestMillis);
    long acknowledged = 0;
    try (var said = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      long end = Long.MAX_VALUE;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith("done ")) {
          acknowledged = Long.parseLong(line.substring("done ".length())) + 1;
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
    return acknowledged;
  }
}

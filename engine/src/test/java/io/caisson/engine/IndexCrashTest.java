package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that changes a table and a collection, and makes and drops their indexes, is killed at
 * random moments and begun anew; then every index is what it is when it is built anew. {@code
 * -Dcaisson.kills=} kills more often, {@code -Dcaisson.seed=} repeats the chances.
 */
class IndexCrashTest {
  private static final long SEED = Long.getLong("caisson.seed", 59);
  private static final int KILLS = Integer.getInteger("caisson.kills", 2);
  private static final int MOST_CHANGES = 60;

  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void killedProcessLeavesIndexesThatFitTheirRows() throws IOException {
    define();
    var random = new SplittableRandom(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      changeUntilKilled(SEED + kill, random.nextInt(1, MOST_CHANGES));
    }
    var sql = new SqlFrontEnd(Clock.system());
    EmbeddedDatabase store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
    try (Caisson caisson =
        new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults())) {
      IndexCheck.check(caisson.database("test"), store);
    }
  }

  /** Kills the process when it has made some changes, in the midst of the next. */
  private void changeUntilKilled(long seed, int changes) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChangingProcess.class.getName(),
                directory.toString(),
                String.valueOf(seed))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int made = 0;
      var said = new StringBuilder();
      for (String line = lines.readLine();
          line != null && made < changes;
          line = lines.readLine()) {
        made += line.matches("\\d+") ? 1 : 0;
        said.append(line).append('\n');
      }
      assertThat(made).as(said.toString()).isEqualTo(changes);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private void define() {
    var sql = new SqlFrontEnd(Clock.system());
    EmbeddedDatabase store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
    try (Caisson caisson =
        new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults())) {
      RandomChanges.define(caisson.database("test"));
    }
  }
}

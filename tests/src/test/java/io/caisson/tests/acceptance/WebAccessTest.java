package io.caisson.tests.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.CommandLine;
import io.caisson.tests.TemporaryDirectory;
import io.caisson.tests.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAccessTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
  private static final int KILLS = 10;
  private static final int COMMITS_BEFORE_A_KILL = 12;
  private static final int LONGEST_LOAD_SECONDS = 120;

  private final TemporaryDirectory temporary = TemporaryDirectory.create();
  private final Path directory = temporary.path();

  @BeforeAll
  static void needsTheSampleFile() {
    assumeTrue(WebAccess.isThere(), "the sample file is not there");
  }

  @AfterEach
  void deleteDirectory() {
    temporary.close();
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private void execute(String... statements) {
    for (String statement : statements) {
      CommandLine.Outcome outcome = CommandLine.run("sql", "--data", data(), "-c", statement);
      assertThat(outcome.exitCode()).as("%s: %s", statement, outcome.err()).isZero();
    }
  }

  private void load(String... options) {
    var arguments =
        new ArrayList<>(
            List.of("load", WebAccess.file().toString(), "--into", "web", "--data", data()));
    arguments.addAll(List.of(options));
    CommandLine.Outcome outcome = CommandLine.run(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private List<String> rows(String query) {
    try (Caisson caisson = Caisson.open(Path.of(data()));
        Session session = caisson.database("default").session();
        Result result = session.execute(query)) {
      var rows = new ArrayList<String>();
      result.forEach(row -> rows.add(String.join(" | ", Values.texts(row))));
      rows.sort(null);
      return rows;
    }
  }

  @Test
  void viewCreatedAfterTheLoadEqualsAFoldOverTheFile() {
    load("--create");
    execute(WebAccess.VIEW);
    assertThat(rows("SELECT COUNT(*) FROM web")).containsExactly("9999");
    assertThat(rows("SELECT * FROM per_hour")).isEqualTo(WebAccess.read().perWindow(HOUR));
    assertThat(rows("SELECT * FROM per_hour$late")).isEmpty();
  }

  @Test
  void viewCreatedBeforeTheLoadEqualsAFoldOverTheFile() {
    execute(WebAccess.STREAM.formatted(MINUTE.toSeconds()), WebAccess.VIEW);
    load();
    assertThat(rows("SELECT COUNT(*) FROM web")).containsExactly("9999");
    assertThat(rows("SELECT * FROM per_hour")).isEqualTo(WebAccess.read().perWindow(HOUR));
    assertThat(rows("SELECT * FROM per_hour$late")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 10_000})
  void everyRowIsInItsWindowOrLateWhateverTheBatchSize(int batchRows) {
    execute(
        WebAccess.STREAM.formatted(FIVE_SECONDS.toSeconds()), WebAccess.VIEW, WebAccess.SHORT_VIEW);
    load("--batch-rows", String.valueOf(batchRows));
    WebAccess log = WebAccess.read();
    assertThat(log.select(TEN_SECONDS, FIVE_SECONDS, true).hits()).isNotEmpty();
    assertThat(assertViewsAreRight(log)).isEqualTo(WebAccess.LINES);
  }

  @Test
  void killedLoadStartsAgainWhereItWasAndCountsEveryRowOnce() throws Exception {
    long seed = Long.getLong("caisson.seed", 10);
    var random = new SplittableRandom(seed);
    WebAccess log = WebAccess.read();
    execute(
        WebAccess.STREAM.formatted(FIVE_SECONDS.toSeconds()), WebAccess.VIEW, WebAccess.SHORT_VIEW);
    var counts = new ArrayList<Integer>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process load = startLoad();
      waitUntilItCommits(load);
      Thread.sleep(random.nextInt(600));
      load.destroyForcibly().waitFor();
      int count = assertViewsAreRight(log);
      assertThat(count)
          .isGreaterThanOrEqualTo(counts.isEmpty() ? 0 : counts.get(counts.size() - 1));
      counts.add(count);
    }
    Process last = startLoad();
    assertThat(CommandLine.ends(last, LONGEST_LOAD_SECONDS)).isTrue();
    assertThat(last.exitValue()).as(Files.readString(directory.resolve("output.txt"))).isZero();
    assertThat(assertViewsAreRight(log)).isEqualTo(WebAccess.LINES);
    assertThat(counts)
        .as("kills while rows went in")
        .anyMatch(count -> count > 0 && count < WebAccess.LINES);
    System.out.println("-Dcaisson.seed=" + seed + ": rows after each kill: " + counts);
  }

  /** Each commit changes the store's file; opening it changes it a few times only. */
  private void waitUntilItCommits(Process load) throws Exception {
    Path file = Path.of(data()).resolve("caisson.store");
    FileTime seen = Files.getLastModifiedTime(file);
    int changes = 0;
    while (changes < COMMITS_BEFORE_A_KILL && load.isAlive()) {
      Thread.sleep(2);
      FileTime now = Files.getLastModifiedTime(file);
      changes += now.equals(seen) ? 0 : 1;
      seen = now;
    }
  }

  private Process startLoad() {
    return CommandLine.start(
        directory,
        List.of(),
        "io.caisson.cli.Main",
        List.of(
            "load",
            WebAccess.file().toString(),
            "--into",
            "web",
            "--data",
            data(),
            "--batch-rows",
            "1"));
  }

  /** Checks that the views are right for as many rows as there are; answers how many. */
  private int assertViewsAreRight(WebAccess log) {
    int count = Integer.parseInt(rows("SELECT COUNT(*) FROM web").get(0));
    WebAccess part = log.first(count);
    assertViewIsRight("per_hour", part, HOUR);
    assertViewIsRight("per_ten_seconds", part, TEN_SECONDS);
    return count;
  }

  private void assertViewIsRight(String view, WebAccess log, Duration size) {
    assertThat(rows("SELECT * FROM " + view))
        .isEqualTo(log.select(size, FIVE_SECONDS, false).perWindow(size));
    assertThat(rows("SELECT ts, ip, path FROM " + view + "$late"))
        .isEqualTo(log.select(size, FIVE_SECONDS, true).lines());
  }
}

package io.caisson.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.caisson.tests.Repository;
import io.caisson.tests.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random scenarios: views equal their queries, here and in another database, and views like them
 * that take in history at once. One that fails is made smaller for as long as {@code
 * -Dcaisson.shrink=} says, in seconds, and written to {@code tests/target/scenarios}, to be kept
 * with those that {@link KeptScenariosTest} repeats. {@code -Dcaisson.seed=} repeats a scenario,
 * {@code -Dcaisson.scenarios=} runs more of them.
 */
class ViewScenariosPropertyTest {
  private static final int SCENARIOS = 12;
  private static final Duration SHRINKING =
      Duration.ofSeconds(Integer.getInteger("caisson.shrink", 60));
  private static final String FAILED = "tests/target/scenarios";

  @TestFactory
  Stream<DynamicTest> viewsAreWhatTheirOraclesSay() {
    return Seeds.tests(SCENARIOS, ViewScenariosPropertyTest::run);
  }

  private static void run(long seed) throws IOException {
    Scenario scenario = RandomScenario.of(new SplittableRandom(seed));
    Outcome outcome = ScenarioRun.run(scenario);
    if (outcome.failure().isPresent()) {
      Scenario smallest =
          new Shrinker(ScenarioRun::run, SHRINKING).shrink(scenario, outcome.kind());
      Outcome.Failure failure = ScenarioRun.run(smallest).failure().orElse(outcome.failure().get());
      fail(
          Seeds.repeat(seed)
              + "\n"
              + failure
              + "\nin "
              + written(seed, smallest)
              + "\n"
              + smallest);
    }
    assertThat(outcome.refused()).as(Seeds.repeat(seed)).isEmpty();
    assertThat(outcome.checks()).as(Seeds.repeat(seed)).isPositive();
  }

  private static Path written(long seed, Scenario scenario) throws IOException {
    Path folder = Files.createDirectories(Repository.root().resolve(FAILED));
    return Files.writeString(folder.resolve("seed-" + seed + ".txt"), scenario.toString());
  }
}

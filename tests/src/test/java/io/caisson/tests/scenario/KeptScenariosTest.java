package io.caisson.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario that failed once, as small as it could be made. */
class KeptScenariosTest {
  private static final String FOLDER = "tests/src/test/resources/scenarios";

  @TestFactory
  Stream<DynamicTest> noScenarioFailsThatFailedOnce() {
    List<Path> files = Repository.files(FOLDER, ".txt");
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), file.toUri(), () -> replay(file)));
  }

  private static void replay(Path file) {
    Outcome outcome = ScenarioRun.run(Scenario.parse(Repository.read(file)));
    assertThat(outcome.failure()).as(file.toString()).isEmpty();
    assertThat(outcome.refused()).as(file.toString()).isEmpty();
    assertThat(outcome.checks()).as(file.toString()).isPositive();
  }
}

package io.caisson.tests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code .slt} file, each on a store of its own. {@code -Dcaisson.slt=joins} runs those whose
 * path contains a text.
 */
class SqlLogicTest {
  private static final String FOLDER = "tests/src/test/resources/slt";

  @TestFactory
  Stream<DynamicTest> everyFileAnswersAsItSays() {
    Path folder = Repository.root().resolve(FOLDER);
    String wanted = System.getProperty("caisson.slt", "");
    List<Path> files = Repository.files(FOLDER, ".slt");
    assertThat(files).isNotEmpty();
    return files.stream()
        .filter(file -> file.toString().contains(wanted))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(),
                    file.toUri(),
                    () -> {
                      List<String> failures = SltRunner.run(file);
                      assertThat(failures)
                          .withFailMessage(() -> file + "\n" + String.join("\n", failures))
                          .isEmpty();
                    }));
  }
}

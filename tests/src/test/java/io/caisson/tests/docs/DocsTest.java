package io.caisson.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caisson.tests.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  private static final Set<String> JDK_CLASSES =
      Set.of(
          "AssertionError",
          "BigDecimal",
          "LocalDate",
          "LocalDateTime",
          "LocalTime",
          "OffsetDateTime",
          "ServiceLoader",
          "String",
          "Throwable");
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`");

  private static List<Path> pages() {
    Path root = Repository.root();
    var pages = new ArrayList<>(Repository.files("docs", ".md"));
    pages.add(root.resolve("README.md"));
    pages.add(root.resolve("CONTRIBUTING.md"));
    return pages;
  }

  @TestFactory
  Stream<DynamicTest> everyBlockRunsAsItIsWritten() {
    return pages().stream()
        .filter(page -> !Block.of(page).isEmpty())
        .map(
            page ->
                DynamicTest.dynamicTest(
                    Repository.root().relativize(page).toString(), () -> run(page)));
  }

  private static void run(Path page) throws Exception {
    if (Block.of(page).stream()
        .anyMatch(block -> block.info().matches("sh|sh demo|sh benchmark"))) {
      assumeTrue(Launcher.isReady(), "nothing is packaged for the launcher: run mvn verify");
    }
    try (var runner = new PageRunner()) {
      for (Block block : Block.of(page)) {
        runner.run(block);
      }
    }
  }

  @Test
  void everyLinkLeadsToAFile() {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Repository.read(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1)))
            .as("a link in " + page.getFileName())
            .matches(Files::exists, "exists");
      }
    }
  }

  @Test
  void everyClassThatIsNamedExists() {
    Set<String> classes = new HashSet<>(JDK_CLASSES);
    classes.addAll(
        Repository.files("", ".java").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .toList());
    for (Path page : pages()) {
      Matcher name = CLASS_NAME.matcher(Repository.read(page));
      while (name.find()) {
        assertThat(classes.contains(name.group(1)))
            .as("%s names the class %s, which exists", page.getFileName(), name.group(1))
            .isTrue();
      }
    }
  }

  @Test
  void unknownKindOfBlockIsAnError() {
    try (var runner = new PageRunner()) {
      assertThatThrownBy(() -> runner.run(new Block(Path.of("page.md"), 3, "python", "print(1)")))
          .hasMessageContaining("page.md:3");
    }
  }

  @Test
  void outputThatIsNotShownIsNoticed() throws Exception {
    try (var runner = new PageRunner()) {
      runner.run(new Block(Path.of("page.md"), 1, "sh", "echo right 12"));
      runner.run(new Block(Path.of("page.md"), 5, "text sample", "right 7"));
      var wrong = new Block(Path.of("page.md"), 9, "text output", "wrong");
      assertThatThrownBy(() -> runner.run(wrong)).hasMessageContaining("page.md:9");
    }
  }
}

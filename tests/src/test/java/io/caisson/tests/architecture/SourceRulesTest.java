package io.caisson.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Rules that only the source shows: bytecode catches Throwable for every try-with-resources, and
 * knows no comments.
 */
class SourceRulesTest {
  private static final Pattern CATCHES_EVERYTHING =
      Pattern.compile("catch \\((final )?(java\\.lang\\.)?Throwable\\b");
  private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");

  private static List<String> offences(Pattern offence, List<Path> files) {
    var found = new ArrayList<String>();
    for (Path file : files) {
      List<String> lines = Repository.read(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (offence.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  private static List<Path> mainSources() {
    return Repository.files("", ".java").stream()
        .filter(path -> path.toString().contains("/src/main/java/"))
        .toList();
  }

  @Test
  void onlySupervisorsCatchThrowable() {
    List<Path> files =
        mainSources().stream()
            .filter(path -> !path.getFileName().toString().contains("Supervisor"))
            .toList();
    assertThat(files).hasSizeGreaterThan(40);
    assertThat(offences(CATCHES_EVERYTHING, files)).isEmpty();
  }

  @Test
  void nothingIsLeftForLaterInSources() {
    assertThat(offences(LEFT_FOR_LATER, mainSources())).isEmpty();
  }

  @Test
  void theRulesCatchWhatTheyForbid() {
    assertThat("} catch (Throwable t) {").containsPattern(CATCHES_EVERYTHING);
    assertThat("} catch (final java.lang.Throwable t) {").containsPattern(CATCHES_EVERYTHING);
    assertThat("} catch (RuntimeException e) {").doesNotContainPattern(CATCHES_EVERYTHING);
    assertThat("// " + "TODO later").containsPattern(LEFT_FOR_LATER);
  }
}

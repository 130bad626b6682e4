package io.caisson.function.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, a%, true",
    "abc, _b_, true",
    "abc, c, false",
    "abc, ____, false",
    "'', '', true",
    "'', %, true",
    "'', _, false",
    "aab, %ab, true",
    "aaa, a%a%a%a, false",
    "äöü, _ö_, true",
    "äöü, %ü, true",
    "ä, __, false",
    "a%c, a\\%c, true",
    "abc, a\\%c, false",
    "mississippi, m%iss%ip%i, true",
    "mississippi, m%iss%iss%iss%, false",
  })
  void matches(String text, String pattern, boolean expected) {
    assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void theEscapeCharacterCanBeChosen() {
    assertThat(LikePattern.of("a#%", "#").matches("a%")).isTrue();
    assertThat(LikePattern.of("a\\%", "").matches("a\\xyz")).isTrue();
    assertThatThrownBy(() -> LikePattern.of("a", "##")).hasMessageContaining("invalid escape");
    assertThatThrownBy(() -> LikePattern.of("a\\")).hasMessageContaining("must not end with");
  }

  @Test
  void agreesWithTheDefinitionOnRandomTexts() {
    long seed = Long.getLong("caisson.seed", 20261122L);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      String text = random(random, "abä", 8);
      String pattern = random(random, "abä%_", 6);
      assertThat(LikePattern.of(pattern).matches(text))
          .as("seed %d: '%s' LIKE '%s'", seed, text, pattern)
          .isEqualTo(naive(text, pattern));
    }
  }

  private static String random(SplittableRandom random, String alphabet, int longest) {
    var text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static boolean naive(String text, String pattern) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '%') {
      return naive(text, pattern.substring(1))
          || (!text.isEmpty() && naive(text.substring(1), pattern));
    }
    return !text.isEmpty()
        && (pattern.charAt(0) == '_' || pattern.charAt(0) == text.charAt(0))
        && naive(text.substring(1), pattern.substring(1));
  }
}

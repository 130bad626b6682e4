package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/**
 * SQL's regular expressions, in which {@code %} and {@code _} are what they are to LIKE. Stateless.
 */
final class SimilarPattern {
  private SimilarPattern() {}

  /** The regular expression that matches the same texts. */
  static String regularExpression(String pattern) {
    var result = new StringBuilder("^(?s:");
    boolean inBrackets = false;
    for (int i = 0; i < pattern.length(); i++) {
      char unit = pattern.charAt(i);
      if (unit == '\\') {
        if (++i == pattern.length()) {
          throw new CaissonException(
              SqlState.INVALID_PARAMETER, "SIMILAR TO pattern must not end with escape character");
        }
        result.append('\\').append(pattern.charAt(i));
      } else if (inBrackets) {
        inBrackets = unit != ']';
        result.append(unit);
      } else {
        inBrackets = unit == '[';
        result.append(
            switch (unit) {
              case '%' -> ".*";
              case '_' -> ".";
              case '.', '^', '$' -> "\\" + unit;
              default -> String.valueOf(unit);
            });
      }
    }
    return result.append(")$").toString();
  }
}

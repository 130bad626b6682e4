package io.caisson.sql.parse;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The places for values in a statement: {@code ?}, counted from the left, or PostgreSQL's {@code
 * $1}, {@code $2}, which may come in any order and more than once. Immutable.
 *
 * @param text the statement with every place as {@code ?}, as long as it was
 * @param numbers for each place from the left, which value it takes, from 0
 */
record ParameterMarks(String text, List<Integer> numbers) {
  private static final Pattern NUMBERED = Pattern.compile("\\$[1-9]\\d{0,4}");

  /** Finds the places in a text. */
  static ParameterMarks of(String text) {
    if (text.indexOf('?') < 0 && text.indexOf('$') < 0) {
      return new ParameterMarks(text, List.of());
    }
    var result = new StringBuilder(text);
    var numbers = new ArrayList<Integer>();
    int plain = 0;
    var scanner = new SqlScanner(text);
    for (var kind = scanner.next(); kind != SqlScanner.Kind.END; kind = scanner.next()) {
      if (kind == SqlScanner.Kind.WORD && NUMBERED.matcher(scanner.token()).matches()) {
        numbers.add(Integer.parseInt(scanner.token().substring(1)) - 1);
        int length = scanner.end() - scanner.start();
        result.replace(scanner.start(), scanner.end(), "?" + " ".repeat(length - 1));
      } else if (kind == SqlScanner.Kind.OTHER && scanner.token().equals("?")) {
        numbers.add(plain++);
      }
    }
    if (plain > 0 && plain < numbers.size()) {
      throw new CaissonException(
              SqlState.SYNTAX_ERROR, "a statement can't have both ? and $1 for its values")
          .withHint("Use one of them.");
    }
    return new ParameterMarks(result.toString(), List.copyOf(numbers));
  }
}

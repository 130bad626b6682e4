package io.caisson.sql.parse;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The places for values in a statement: {@code ?}, counted from the left, or PostgreSQL's {@code
 * $1}, {@code $2}, which may come in any order and more than once. A {@code ?} behind an operand is
 * the operator that asks a document for a member, and in a row pattern a quantifier. Immutable.
 *
 * @param text the statement with every place as {@code ?}, as long as it was
 * @param numbers for each place from the left, which value it takes, from 0
 */
record ParameterMarks(String text, List<Integer> numbers) {
  private static final Pattern NUMBERED = Pattern.compile("\\$[1-9]\\d{0,4}");

  /** Reserved words that are operands. */
  private static final Set<String> VALUES =
      Set.of(
          "NULL",
          "TRUE",
          "FALSE",
          "END",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "LOCALTIME",
          "LOCALTIMESTAMP");

  /** Words behind which an operand stands, though they may be names too. */
  private static final Set<String> BEFORE_OPERANDS =
      Set.of("FIRST", "NEXT", "ILIKE", "RLIKE", "RETURNING");

  /** Finds the places in a text. */
  static ParameterMarks of(String text) {
    if (text.indexOf('?') < 0 && text.indexOf('$') < 0) {
      return new ParameterMarks(text, List.of());
    }
    var result = new StringBuilder(text);
    var numbers = new ArrayList<Integer>();
    int plain = 0;
    boolean behindOperand = false;
    var patterns = new RowPatterns();
    var scanner = new SqlScanner(text);
    for (var kind = scanner.next(); kind != SqlScanner.Kind.END; kind = scanner.next()) {
      if (patterns.contain(kind, scanner.token())) {
        behindOperand = true;
      } else if (kind == SqlScanner.Kind.WORD && NUMBERED.matcher(scanner.token()).matches()) {
        numbers.add(Integer.parseInt(scanner.token().substring(1)) - 1);
        int length = scanner.end() - scanner.start();
        result.replace(scanner.start(), scanner.end(), "?" + " ".repeat(length - 1));
        behindOperand = true;
      } else if (!behindOperand && scanner.token().equals("?")) {
        numbers.add(plain++);
        behindOperand = true;
      } else if (kind != SqlScanner.Kind.SPACE && kind != SqlScanner.Kind.COMMENT) {
        behindOperand = endsOperand(kind, scanner.token());
      }
    }
    if (plain > 0 && plain < numbers.size()) {
      throw new CaissonException(
              SqlState.SYNTAX_ERROR, "a statement can't have both ? and $1 for its values")
          .withHint("Use one of them.");
    }
    return new ParameterMarks(result.toString(), List.copyOf(numbers));
  }

  /** Tells which tokens are in the parentheses behind PATTERN. For one text. */
  private static final class RowPatterns {
    private boolean announced;
    private int depth;

    boolean contain(SqlScanner.Kind kind, String token) {
      if (kind == SqlScanner.Kind.SPACE || kind == SqlScanner.Kind.COMMENT) {
        return depth > 0;
      }
      boolean opens = token.equals("(") && (announced || depth > 0);
      announced = kind == SqlScanner.Kind.WORD && token.equalsIgnoreCase("PATTERN");
      boolean inside = depth > 0;
      if (opens) {
        depth++;
      } else if (inside && token.equals(")")) {
        depth--;
      }
      return inside;
    }
  }

  private static boolean endsOperand(SqlScanner.Kind kind, String token) {
    return switch (kind) {
      case STRING, QUOTED_NAME -> true;
      case WORD -> {
        String word = token.toUpperCase(Locale.ROOT);
        yield VALUES.contains(word)
            || (!SqlTextParser.isReserved(word) && !BEFORE_OPERANDS.contains(word));
      }
      default -> token.equals(")") || token.equals("]");
    };
  }
}

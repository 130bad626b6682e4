package io.caisson.sql;

import io.caisson.function.FunctionRegistry;
import io.caisson.function.ScalarFunction;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import java.util.List;

/** The words of the language, for prompts. Stateless. */
public final class SqlWords {
  private SqlWords() {}

  /** All key words in upper case, sorted. */
  public static List<String> keywords() {
    return SqlTextParser.keywords().stream().distinct().sorted().toList();
  }

  /** The names of all built-in functions in lower case, sorted. */
  public static List<String> functions() {
    return FunctionRegistry.builtIn().all().stream()
        .filter(function -> !function.operator())
        .map(ScalarFunction::name)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Whether a text ends a statement: no string or comment is open, and a semicolon comes last, or
   * nothing but blanks and comments is there.
   */
  public static boolean statementComplete(String text) {
    return StatementText.complete(text);
  }
}

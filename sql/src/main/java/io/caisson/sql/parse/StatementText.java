package io.caisson.sql.parse;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of one statement and where it began in the whole text.
 *
 * @param text without the semicolon and without blanks around it
 * @param start its first character in the whole text
 */
public record StatementText(String text, Position start) {
  /** For each place for a value, from the left, which value it takes, from 0. */
  public List<Integer> parameters() {
    return ParameterMarks.of(text).numbers();
  }

  /** Cuts a text at the semicolons that stand outside of strings and comments. */
  public static List<StatementText> split(String text) {
    var statements = new ArrayList<StatementText>();
    var scanner = new SqlScanner(text);
    int begin = -1;
    int end = -1;
    while (true) {
      SqlScanner.Kind kind = scanner.next();
      switch (kind) {
        case SPACE, COMMENT -> {
          checkClosed(scanner, text);
        }
        case SEMICOLON, END -> {
          if (begin >= 0) {
            statements.add(new StatementText(text.substring(begin, end), place(text, begin)));
          }
          begin = -1;
          if (kind == SqlScanner.Kind.END) {
            return statements;
          }
        }
        default -> {
          checkClosed(scanner, text);
          begin = begin < 0 ? scanner.start() : begin;
          end = scanner.end();
        }
      }
    }
  }

  private static void checkClosed(SqlScanner scanner, String text) {
    if (!scanner.closed()) {
      String token = scanner.token().strip();
      String what =
          token.startsWith("/*")
              ? "/* comment"
              : token.startsWith("\"") ? "quoted identifier" : "quoted string";
      throw new CaissonException(
              SqlState.SYNTAX_ERROR, "unterminated " + what + " at or near \"" + token + "\"")
          .withPosition(place(text, scanner.start()));
    }
  }

  /** Whether the text ends a statement: nothing is open, and the last thing is a semicolon. */
  public static boolean complete(String text) {
    var scanner = new SqlScanner(text);
    boolean complete = true;
    while (true) {
      switch (scanner.next()) {
        case SPACE, COMMENT -> {
          continue;
        }
        case SEMICOLON -> complete = true;
        case END -> {
          return complete && scanner.closed();
        }
        default -> complete = false;
      }
    }
  }

  /** The query of a CREATE ... AS query: what stands behind the first AS. */
  public static String queryOf(String text) {
    var scanner = new SqlScanner(text);
    for (var kind = scanner.next(); kind != SqlScanner.Kind.END; kind = scanner.next()) {
      if (kind == SqlScanner.Kind.WORD && scanner.token().equalsIgnoreCase("as")) {
        return text.substring(scanner.end()).strip();
      }
    }
    throw new IllegalArgumentException("no query in " + text);
  }

  /** A part of the text, by lines and columns of its first and last character, from 1. */
  public String part(int line, int column, int endLine, int endColumn) {
    return text.substring(offset(line, column), offset(endLine, endColumn) + 1);
  }

  private int offset(int line, int column) {
    int lineStart = 0;
    for (int i = 1; i < line; i++) {
      lineStart = text.indexOf('\n', lineStart) + 1;
    }
    return lineStart + column - 1;
  }

  private static Position place(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
      line++;
      lineStart = at + 1;
    }
    return Position.at(line, offset - lineStart + 1);
  }
}

package io.caisson.cli.command;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Errors as PostgreSQL's prompt shows them: the message, the source line with a caret under the
 * place, the hint.
 *
 * <pre>
 * ERROR 42703: column "x" does not exist
 * LINE 2:   WHERE x > 1
 *                 ^
 * HINT: the stream has user_id, type, ts
 * </pre>
 */
public final class Errors {
  private static final int LONGEST_LINE = 100;
  private static final int KEPT_BEFORE_CARET = 60;
  private static final String CUT = "...";

  private Errors() {}

  /** Prints an error that has no place in a statement. */
  public static void print(PrintStream err, CaissonException error) {
    print(err, error, null, 1);
  }

  /**
   * Prints an error.
   *
   * @param source the text in which the error has its place, or null
   * @param firstLine the number of the text's first line
   */
  public static void print(
      PrintStream err, CaissonException error, @Nullable String source, int firstLine) {
    err.println("ERROR " + error.state().code() + ": " + Text.printable(error.getMessage()));
    Position position = error.position();
    if (source != null && position != null) {
      List<String> lines = source.lines().toList();
      if (position.line() <= lines.size()) {
        String prefix = "LINE " + (firstLine + position.line() - 1) + ": ";
        for (String line : pointAt(prefix, lines.get(position.line() - 1), position.column() - 1)) {
          err.println(line);
        }
      }
    }
    if (error.hint() != null) {
      err.println("HINT: " + Text.printable(error.hint()));
    }
    err.flush();
  }

  /**
   * The source line and, beneath it, the caret. Tabs stay tabs in both lines, so that they align
   * wherever the terminal has its stops; wide characters take two blanks.
   *
   * @param prefix what stands before the source line
   * @param line the source line
   * @param index the character to point at, from 0; behind the end points at the end
   */
  static List<String> pointAt(String prefix, String line, int index) {
    int at = Math.min(Math.max(index, 0), line.length());
    String shown = line;
    String lead = prefix;
    if (line.length() > LONGEST_LINE) {
      int start = Text.characterStart(line, Math.max(0, at - KEPT_BEFORE_CARET));
      int end = Text.characterStart(line, Math.min(line.length(), start + LONGEST_LINE));
      lead = start > 0 ? prefix + CUT : prefix;
      shown = line.substring(start, end) + (end < line.length() ? CUT : "");
      at -= start;
    }
    var caret = new StringBuilder(" ".repeat(lead.length()));
    for (int i = 0; i < at; ) {
      int character = shown.codePointAt(i);
      caret.append(character == '\t' ? "\t" : " ".repeat(Text.width(character)));
      i += Character.charCount(character);
    }
    return List.of(lead + shown, caret.append('^').toString());
  }
}

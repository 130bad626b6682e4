package io.caisson.cli.sql;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells JLine where the word under the cursor begins, and to ask for more lines until the input
 * ends a statement. For one thread.
 */
final class PromptParser implements Parser {
  private boolean rows;

  /** Whether lines are rows of a COPY, each of which is complete. */
  void readRows(boolean now) {
    rows = now;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !rows && !isComplete(line)) {
      throw new EOFError(-1, cursor, "a semicolon is missing");
    }
    int start = cursor;
    while (start > 0 && isWord(line.charAt(start - 1))) {
      start--;
    }
    int end = cursor;
    while (end < line.length() && isWord(line.charAt(end))) {
      end++;
    }
    return new Input(line, cursor, line.substring(start, end), cursor - start);
  }

  private static boolean isWord(char unit) {
    return Character.isLetterOrDigit(unit) || unit == '_' || unit == '$' || unit == '\\';
  }

  /** Whether the text is a command of the prompt, or ends with a statement's semicolon. */
  static boolean isComplete(String text) {
    if (text.isBlank() || text.stripLeading().startsWith("\\")) {
      return true;
    }
    var scanner = new StatementScanner();
    boolean any = false;
    while (scanner.next(text) >= 0) {
      any = true;
    }
    return any && scanner.isBlank();
  }

  /** The input so far and the word under the cursor. */
  private record Input(String line, int cursor, String word, int wordCursor)
      implements CompletingParsedLine {
    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor;
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}

package io.caisson.cli.sql;

/**
 * Finds where statements end in a text that grows: at a semicolon outside of quotes and comments.
 * It remembers where it stopped, so that a long statement is read once however many lines it comes
 * in. For one thread.
 */
final class StatementScanner {
  private enum Mode {
    PLAIN,
    TEXT,
    NAME,
    LINE_COMMENT,
    BLOCK_COMMENT
  }

  private Mode mode = Mode.PLAIN;
  private int position;
  private boolean blank = true;

  /** Starts anew at a place in the text. */
  void reset(int start) {
    mode = Mode.PLAIN;
    position = start;
    blank = true;
  }

  /** Whether there was nothing but white space and comments since the last statement's end. */
  boolean isBlank() {
    return blank;
  }

  /**
   * Reads on.
   *
   * @return the place behind the next statement's semicolon, or -1 when the text ends before one
   */
  int next(CharSequence text) {
    while (position < text.length()) {
      char unit = text.charAt(position++);
      switch (mode) {
        case PLAIN -> {
          if (unit == ';') {
            blank = true;
            return position;
          }
          plain(text, unit);
        }
        case TEXT -> leaveAt(unit == '\'');
        case NAME -> leaveAt(unit == '"');
        case LINE_COMMENT -> leaveAt(unit == '\n');
        case BLOCK_COMMENT -> {
          if (unit == '*' && follows(text, '/')) {
            position++;
            mode = Mode.PLAIN;
          }
        }
      }
    }
    return -1;
  }

  private void plain(CharSequence text, char unit) {
    if (unit == '-' && follows(text, '-')) {
      mode = Mode.LINE_COMMENT;
    } else if (unit == '/' && follows(text, '*')) {
      position++;
      mode = Mode.BLOCK_COMMENT;
    } else if (!Character.isWhitespace(unit)) {
      blank = false;
      if (unit == '\'') {
        mode = Mode.TEXT;
      } else if (unit == '"') {
        mode = Mode.NAME;
      }
    }
  }

  // A doubled quote leaves and enters again, which comes to the same.
  private void leaveAt(boolean end) {
    if (end) {
      mode = Mode.PLAIN;
    }
  }

  private boolean follows(CharSequence text, char unit) {
    return position < text.length() && text.charAt(position) == unit;
  }
}

package io.caisson.cli.sql;

/**
 * Finds where statements end in a text that grows by whole lines: at a semicolon outside of strings
 * (of any form), quoted names and comments. It remembers where it stopped, so that a long statement
 * is read once however many lines it comes in. For one thread.
 *
 * <pre>
 *   'a;''b'   E'a;\'b'   $$a;b$$   $tag$a;$$;b$tag$   "a;b"   -- a;b   /* a; /* b; *&#47; c; *&#47;
 * </pre>
 */
final class StatementScanner {
  private enum Mode {
    PLAIN,
    TEXT,
    /** A string in which a backslash escapes what follows. */
    ESCAPED_TEXT,
    /** A string that lasts until its tag comes again. */
    DOLLAR_TEXT,
    NAME,
    LINE_COMMENT,
    BLOCK_COMMENT
  }

  private Mode mode = Mode.PLAIN;
  private int position;
  private boolean blank = true;

  /** How many characters directly before the position make one word, outside of strings. */
  private int wordLength;

  /** How many comments are open in one another. */
  private int depth;

  /** What ends the string in dollars, and where that string begins. */
  private String tag = "";

  private int contentStart;

  /** Starts anew at a place in the text. */
  void reset(int start) {
    mode = Mode.PLAIN;
    position = start;
    blank = true;
    wordLength = 0;
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
            wordLength = 0;
            return position;
          }
          plain(text, unit);
        }
        case TEXT -> leaveAt(unit == '\'');
        case ESCAPED_TEXT -> escaped(text, unit);
        case DOLLAR_TEXT -> leaveAt(unit == '$' && endsWithTag(text));
        case NAME -> leaveAt(unit == '"');
        case LINE_COMMENT -> leaveAt(unit == '\n');
        case BLOCK_COMMENT -> comment(text, unit);
      }
    }
    return -1;
  }

  private void plain(CharSequence text, char unit) {
    int before = wordLength;
    wordLength = Character.isJavaIdentifierPart(unit) ? before + 1 : 0;
    if (unit == '-' && follows(text, '-')) {
      mode = Mode.LINE_COMMENT;
    } else if (unit == '/' && follows(text, '*')) {
      position++;
      depth = 1;
      mode = Mode.BLOCK_COMMENT;
    } else if (!Character.isWhitespace(unit)) {
      blank = false;
      if (unit == '\'') {
        boolean escapes = before == 1 && Character.toLowerCase(text.charAt(position - 2)) == 'e';
        mode = escapes ? Mode.ESCAPED_TEXT : Mode.TEXT;
      } else if (unit == '"') {
        mode = Mode.NAME;
      } else if (unit == '$' && before == 0) {
        openDollars(text);
      }
    }
  }

  /** Enters the string whose tag begins at the last character; a place such as $1 begins none. */
  private void openDollars(CharSequence text) {
    int at = position;
    while (at < text.length() && belongsToTag(text.charAt(at), at == position)) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '$') {
      tag = text.subSequence(position - 1, at + 1).toString();
      position = at + 1;
      contentStart = position;
      wordLength = 0;
      mode = Mode.DOLLAR_TEXT;
    }
  }

  private static boolean belongsToTag(char unit, boolean first) {
    return Character.isLetter(unit) || unit == '_' || (Character.isDigit(unit) && !first);
  }

  private boolean endsWithTag(CharSequence text) {
    int start = position - tag.length();
    return start >= contentStart && tag.contentEquals(text.subSequence(start, position));
  }

  private void escaped(CharSequence text, char unit) {
    // A doubled quote must not leave: what it entered again would know nothing of backslashes.
    if (unit == '\\' || (unit == '\'' && follows(text, '\''))) {
      position++;
    } else {
      leaveAt(unit == '\'');
    }
  }

  private void comment(CharSequence text, char unit) {
    if (unit == '*' && follows(text, '/')) {
      position++;
      depth--;
    } else if (unit == '/' && follows(text, '*')) {
      position++;
      depth++;
    }
    leaveAt(depth == 0);
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

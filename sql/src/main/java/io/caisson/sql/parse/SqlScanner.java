package io.caisson.sql.parse;

/**
 * Cuts SQL text into coarse tokens, enough to tell what is inside of a string or comment. For one
 * thread.
 */
final class SqlScanner {
  /** What a token is. */
  enum Kind {
    SPACE,
    COMMENT,
    WORD,
    STRING,
    QUOTED_NAME,
    SEMICOLON,
    OTHER,
    END
  }

  private final String text;
  private int start;
  private int end;
  private boolean closed = true;

  SqlScanner(String text) {
    this.text = text;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether the last token, where it needs a closing mark, has it. */
  boolean closed() {
    return closed;
  }

  String token() {
    return text.substring(start, end);
  }

  /** Moves to the next token. */
  Kind next() {
    start = end;
    if (start == text.length()) {
      return Kind.END;
    }
    char first = text.charAt(start);
    if (Character.isWhitespace(first)) {
      return run(Kind.SPACE, Character::isWhitespace);
    }
    int tag = first == '$' ? tagLength() : 0;
    if (tag > 0) {
      end = closingTag(text.substring(start, start + tag));
      return Kind.STRING;
    }
    if (Character.isJavaIdentifierPart(first)) {
      return run(Kind.WORD, Character::isJavaIdentifierPart);
    }
    if (first == '\'' || first == '"') {
      end = closingQuote(first);
      return first == '"' ? Kind.QUOTED_NAME : Kind.STRING;
    }
    if (text.startsWith("--", start)) {
      int line = text.indexOf('\n', start);
      end = line < 0 ? text.length() : line;
      return Kind.COMMENT;
    }
    if (text.startsWith("/*", start)) {
      end = commentEnd();
      return Kind.COMMENT;
    }
    end = start + 1;
    return first == ';' ? Kind.SEMICOLON : Kind.OTHER;
  }

  /** How long the tag is that begins a string, as in {@code $tag$...$tag$}; 0 where none does. */
  private int tagLength() {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '$') {
      char c = text.charAt(at++);
      boolean belongs =
          Character.isLetter(c) || c == '_' || (Character.isDigit(c) && at > start + 2);
      if (!belongs) {
        return 0;
      }
    }
    return at < text.length() ? at + 1 - start : 0;
  }

  private int closingTag(String tag) {
    int close = text.indexOf(tag, start + tag.length());
    closed = close >= 0;
    return closed ? close + tag.length() : text.length();
  }

  /** Behind the mark that closes; a comment may hold comments. */
  private int commentEnd() {
    int depth = 1;
    int at = start + 2;
    while (depth > 0 && at < text.length()) {
      if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else {
        at++;
      }
    }
    closed = depth == 0;
    return at;
  }

  private Kind run(Kind kind, java.util.function.IntPredicate belongs) {
    end = start + 1;
    while (end < text.length() && belongs.test(text.charAt(end))) {
      end++;
    }
    return kind;
  }

  /** Whether the string is of the form {@code E'...'}, in which a backslash escapes. */
  private boolean escapes() {
    boolean e = start > 0 && Character.toLowerCase(text.charAt(start - 1)) == 'e';
    return e && (start == 1 || !Character.isJavaIdentifierPart(text.charAt(start - 2)));
  }

  /** Behind the quote that closes; a doubled quote stands for itself. */
  private int closingQuote(char quote) {
    boolean escapes = quote == '\'' && escapes();
    int at = start + 1;
    while (at < text.length()) {
      if (escapes && text.charAt(at) == '\\') {
        at += 2;
      } else if (text.charAt(at) != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    closed = false;
    return text.length();
  }
}

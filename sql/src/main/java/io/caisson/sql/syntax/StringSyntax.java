package io.caisson.sql.syntax;

/** What the generated parser makes of strings. Stateless. */
public final class StringSyntax {
  /**
   * In the place of a quote in a string that was not written in quotes: no character, by Unicode's
   * own word.
   */
  public static final char QUOTE = '\uFFFE';

  /** In the place of what belongs to no string. */
  public static final char NOTHING = '\uFFFF';

  private StringSyntax() {}

  /** What a string says, whichever way it was written. */
  public static String said(String text) {
    return text.indexOf(NOTHING) < 0
        ? text
        : text.replace(String.valueOf(NOTHING), "").replace(QUOTE, '\'');
  }
}

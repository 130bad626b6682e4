package io.caisson.function.operator;

/** Casts from text to text with a maximum length. Thread-safe. */
public final class TextCasts {
  private TextCasts() {}

  /** The first characters, no more than a VARCHAR's length. */
  public static String truncate(String text, int length) {
    if (text.length() <= length || text.codePointCount(0, text.length()) <= length) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, length));
  }
}

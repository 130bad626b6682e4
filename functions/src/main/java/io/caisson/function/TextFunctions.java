package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Functions of text. Lengths and positions count characters (code points), from 1, as PostgreSQL
 * counts them. Thread-safe.
 */
public final class TextFunctions {
  /** No function makes a longer text than this, so that one row cannot take all the memory. */
  private static final long MAXIMUM_LENGTH = 16_000_000;

  private TextFunctions() {}

  /** The text in lower case. */
  @SqlFunction(
      name = "lower",
      arguments = TEXT,
      result = TEXT,
      description = "The text in lower case",
      example = "lower('ÄpFel') = 'äpfel'")
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The text in upper case. */
  @SqlFunction(
      name = "upper",
      arguments = TEXT,
      result = TEXT,
      description = "The text in upper case",
      example = "upper('shop') = 'SHOP'")
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** The number of characters. */
  @SqlFunction(
      name = "length",
      aliases = {"char_length", "character_length"},
      arguments = TEXT,
      result = INTEGER,
      description = "How many characters the text has",
      example = "length('Käse') = 4")
  public static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The number of bytes in UTF-8. */
  @SqlFunction(
      name = "octet_length",
      arguments = TEXT,
      result = INTEGER,
      description = "How many bytes the text has in UTF-8",
      example = "octet_length('Käse') = 5")
  public static long octetLength(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The characters from a position on. */
  @SqlFunction(
      name = "substr",
      aliases = "substring",
      arguments = {TEXT, BIGINT},
      result = TEXT,
      description = "The text from a position on, counted from 1",
      example = "substr('caisson', 4) = 'sson'")
  public static String substr(String text, long start) {
    return characters(text, start - 1, Long.MAX_VALUE);
  }

  /** A number of characters from a position on. */
  @SqlFunction(
      name = "substr",
      aliases = "substring",
      arguments = {TEXT, BIGINT, BIGINT},
      result = TEXT,
      description = "So many characters of the text from a position on, counted from 1",
      example = "substr('caisson', 2, 3) = 'ais'")
  public static String substr(String text, long start, long count) {
    if (count < 0) {
      throw new CaissonException(
          SqlState.SUBSTRING_ERROR, "negative substring length not allowed: " + count);
    }
    long from = start - 1;
    long to = from > 0 && count > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + count;
    return characters(text, from, to);
  }

  /** The first characters. */
  @SqlFunction(
      name = "left",
      arguments = {TEXT, BIGINT},
      result = TEXT,
      description = "The first n characters; with a negative n all but the last −n",
      example = "left('stream', 3) = 'str' AND left('stream', -2) = 'stre'")
  public static String left(String text, long count) {
    return characters(text, 0, count < 0 ? length(text) + count : count);
  }

  /** The last characters. */
  @SqlFunction(
      name = "right",
      arguments = {TEXT, BIGINT},
      result = TEXT,
      description = "The last n characters; with a negative n all but the first −n",
      example = "right('stream', 3) = 'eam' AND right('stream', -2) = 'ream'")
  public static String right(String text, long count) {
    // -Long.MIN_VALUE is itself; nothing is left of any text then.
    long from =
        count == Long.MIN_VALUE ? Long.MAX_VALUE : count < 0 ? -count : length(text) - count;
    return characters(text, from, Long.MAX_VALUE);
  }

  /** Without spaces at both ends. */
  @SqlFunction(
      name = "btrim",
      aliases = "trim",
      arguments = TEXT,
      result = TEXT,
      description = "The text without spaces at its ends",
      example = "btrim('  a b ') = 'a b'")
  public static String btrim(String text) {
    return trimmed(text, " ", true, true);
  }

  /** Without some characters at both ends. */
  @SqlFunction(
      name = "btrim",
      aliases = "trim",
      arguments = {TEXT, TEXT},
      result = TEXT,
      description = "The text without any of the given characters at its ends",
      example = "btrim('xyTestyx', 'xy') = 'Test'")
  public static String btrim(String text, String characters) {
    return trimmed(text, characters, true, true);
  }

  /** Without spaces at the begin. */
  @SqlFunction(
      name = "ltrim",
      arguments = TEXT,
      result = TEXT,
      description = "The text without spaces at its begin",
      example = "ltrim('  a ') = 'a '")
  public static String ltrim(String text) {
    return trimmed(text, " ", true, false);
  }

  /** Without some characters at the begin. */
  @SqlFunction(
      name = "ltrim",
      arguments = {TEXT, TEXT},
      result = TEXT,
      description = "The text without any of the given characters at its begin",
      example = "ltrim('00070', '0') = '70'")
  public static String ltrim(String text, String characters) {
    return trimmed(text, characters, true, false);
  }

  /** Without spaces at the end. */
  @SqlFunction(
      name = "rtrim",
      arguments = TEXT,
      result = TEXT,
      description = "The text without spaces at its end",
      example = "rtrim(' a  ') = ' a'")
  public static String rtrim(String text) {
    return trimmed(text, " ", false, true);
  }

  /** Without some characters at the end. */
  @SqlFunction(
      name = "rtrim",
      arguments = {TEXT, TEXT},
      result = TEXT,
      description = "The text without any of the given characters at its end",
      example = "rtrim('7000', '0') = '7'")
  public static String rtrim(String text, String characters) {
    return trimmed(text, characters, false, true);
  }

  /** Another text in place of every occurrence of one. */
  @SqlFunction(
      name = "replace",
      arguments = {TEXT, TEXT, TEXT},
      result = TEXT,
      description = "The text with every occurrence of the second text replaced by the third",
      example = "replace('a-b-c', '-', '+') = 'a+b+c'")
  public static String replace(String text, String from, String to) {
    return from.isEmpty() ? text : text.replace(from, to);
  }

  /** Where a text occurs first. */
  @SqlFunction(
      name = "strpos",
      arguments = {TEXT, TEXT},
      result = INTEGER,
      description = "The position, from 1, where the second text first occurs in the first, or 0",
      example = "strpos('caisson', 'ss') = 4")
  public static long strpos(String text, String part) {
    int index = text.indexOf(part);
    return index < 0 ? 0 : text.codePointCount(0, index) + 1L;
  }

  /** A field of a delimited text. */
  @SqlFunction(
      name = "split_part",
      arguments = {TEXT, TEXT, BIGINT},
      result = TEXT,
      description =
          "The n-th field of the text between delimiters, counted from 1, or from the end by −1",
      example = "split_part('a/b/c', '/', 2) = 'b' AND split_part('a/b/c', '/', -1) = 'c'")
  public static String splitPart(String text, String delimiter, long field) {
    if (field == 0) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "field position must not be zero");
    }
    if (text.isEmpty()) {
      return "";
    }
    if (delimiter.isEmpty()) {
      return field == 1 || field == -1 ? text : "";
    }
    return field > 0
        ? fieldFromBegin(text, delimiter, field)
        : fieldFromEnd(text, delimiter, field);
  }

  private static String fieldFromBegin(String text, String delimiter, long field) {
    int begin = 0;
    for (long skipped = 1; skipped < field; skipped++) {
      int at = text.indexOf(delimiter, begin);
      if (at < 0) {
        return "";
      }
      begin = at + delimiter.length();
    }
    int end = text.indexOf(delimiter, begin);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  private static String fieldFromEnd(String text, String delimiter, long field) {
    // Counted from the begin, because delimiters that overlap are found from there.
    long fields = 1;
    for (int at = text.indexOf(delimiter);
        at >= 0;
        at = text.indexOf(delimiter, at + delimiter.length())) {
      fields++;
    }
    return -fields > field ? "" : fieldFromBegin(text, delimiter, fields + field + 1);
  }

  /** Whether one text begins with another. */
  @SqlFunction(
      name = "starts_with",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description = "Whether the first text begins with the second",
      example = "starts_with('/cart/add', '/cart')")
  public static boolean startsWith(String text, String prefix) {
    return text.startsWith(prefix);
  }

  /** The characters backwards. */
  @SqlFunction(
      name = "reverse",
      arguments = TEXT,
      result = TEXT,
      description = "The text backwards",
      example = "reverse('abc') = 'cba'")
  public static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  /** The text a number of times. */
  @SqlFunction(
      name = "repeat",
      arguments = {TEXT, BIGINT},
      result = TEXT,
      description = "The text n times, one after the other",
      example = "repeat('ab', 3) = 'ababab'")
  public static String repeat(String text, long count) {
    if (count <= 0 || text.isEmpty()) {
      return "";
    }
    if (count > MAXIMUM_LENGTH / text.length()) {
      throw tooLong("repeat", count);
    }
    return text.repeat((int) count);
  }

  /** Filled with spaces on the left to a length. */
  @SqlFunction(
      name = "lpad",
      arguments = {TEXT, BIGINT},
      result = TEXT,
      description = "The text filled with spaces on the left, or cut, to a length",
      example = "lpad('7', 3) = '  7'")
  public static String lpad(String text, long length) {
    return lpad(text, length, " ");
  }

  /** Filled on the left to a length. */
  @SqlFunction(
      name = "lpad",
      arguments = {TEXT, BIGINT, TEXT},
      result = TEXT,
      description = "The text filled on the left with another text, or cut, to a length",
      example = "lpad('7', 3, '0') = '007' AND lpad('caisson', 3, '0') = 'cai'")
  public static String lpad(String text, long length, String fill) {
    return padding("lpad", text, length, fill) + left(text, Math.max(length, 0));
  }

  /** Filled with spaces on the right to a length. */
  @SqlFunction(
      name = "rpad",
      arguments = {TEXT, BIGINT},
      result = TEXT,
      description = "The text filled with spaces on the right, or cut, to a length",
      example = "rpad('7', 3) = '7  '")
  public static String rpad(String text, long length) {
    return rpad(text, length, " ");
  }

  /** Filled on the right to a length. */
  @SqlFunction(
      name = "rpad",
      arguments = {TEXT, BIGINT, TEXT},
      result = TEXT,
      description = "The text filled on the right with another text, or cut, to a length",
      example = "rpad('hi', 5, 'xy') = 'hixyx'")
  public static String rpad(String text, long length, String fill) {
    return left(text, Math.max(length, 0)) + padding("rpad", text, length, fill);
  }

  /** Every word with a capital. */
  @SqlFunction(
      name = "initcap",
      arguments = TEXT,
      result = TEXT,
      description = "The text with the first letter of every word in upper case, the rest in lower",
      example = "initcap('hi THOMAS') = 'Hi Thomas'")
  public static String initcap(String text) {
    var result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      result.appendCodePoint(
          inWord ? Character.toLowerCase(character) : Character.toUpperCase(character));
      inWord = Character.isLetterOrDigit(character);
      i += Character.charCount(character);
    }
    return result.toString();
  }

  /** The MD5 hash in hexadecimal. */
  @SqlFunction(
      name = "md5",
      arguments = TEXT,
      result = TEXT,
      description = "The MD5 hash of the text, in hexadecimal",
      example = "md5('abc') = '900150983cd24fb0d6963f7d28e17f72'")
  public static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new CaissonException(
          SqlState.FEATURE_NOT_SUPPORTED, "this Java installation has no MD5", e);
    }
  }

  /** The first character's code point. */
  @SqlFunction(
      name = "ascii",
      arguments = TEXT,
      result = INTEGER,
      description = "The code point of the first character, 0 for an empty text",
      example = "ascii('x') = 120")
  public static long ascii(String text) {
    return text.isEmpty() ? 0 : text.codePointAt(0);
  }

  /** The character of a code point. */
  @SqlFunction(
      name = "chr",
      arguments = BIGINT,
      result = TEXT,
      description = "The character of a code point",
      example = "chr(65) = 'A'")
  public static String chr(long codePoint) {
    if (codePoint == 0) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "null character not permitted");
    }
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT || surrogate) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "requested character not valid: " + codePoint);
    }
    return Character.toString((int) codePoint);
  }

  /** Replaces the first match of a regular expression. */
  @SqlFunction(
      name = "regexp_replace",
      arguments = {TEXT, TEXT, TEXT},
      result = TEXT,
      description =
          "The text with the first match of a regular expression replaced; \\1 to \\9 stand for its"
              + " groups and \\& for all of it",
      example = "regexp_replace('/item/17', '[0-9]+', '#') = '/item/#'")
  public static String regexpReplace(String text, String pattern, String replacement) {
    return RegularExpressions.replaceFirst(text, pattern, replacement);
  }

  /** Whether a regular expression matches somewhere. */
  @SqlFunction(
      name = "regexp_like",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description = "Whether a regular expression matches somewhere in the text",
      example = "regexp_like('/item/17', '[0-9]+$')")
  public static boolean regexpLike(String text, String pattern) {
    return RegularExpressions.matches(text, pattern);
  }

  /** The characters {@code [from, to)}, counted from 0, as far as there are any. */
  private static String characters(String text, long from, long to) {
    int length = (int) length(text);
    int begin = (int) Math.max(0, Math.min(from, length));
    int end = (int) Math.max(begin, Math.min(to, length));
    if (length == text.length()) {
      return text.substring(begin, end);
    }
    int first = text.offsetByCodePoints(0, begin);
    return text.substring(first, text.offsetByCodePoints(first, end - begin));
  }

  private static String trimmed(String text, String characters, boolean begin, boolean end) {
    int from = 0;
    int to = text.length();
    while (begin && from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (end && from < to && characters.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static String padding(String function, String text, long length, String fill) {
    long missing = length - length(text);
    if (missing <= 0 || fill.isEmpty()) {
      return "";
    }
    if (length > MAXIMUM_LENGTH) {
      throw tooLong(function, length);
    }
    long times = missing / length(fill) + 1;
    return left(fill.repeat((int) times), missing);
  }

  private static CaissonException tooLong(String function, long wanted) {
    return new CaissonException(
        SqlState.ROW_TOO_LARGE, "requested length too large: " + function + " with " + wanted);
  }
}

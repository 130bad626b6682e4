package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.TEXT;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that put texts together. Thread-safe. */
public final class QuotingFunctions {
  private QuotingFunctions() {}

  /** The text with each character of the second replaced by that of the third at its place. */
  @SqlFunction(
      name = "translate",
      arguments = {TEXT, TEXT, TEXT},
      result = TEXT,
      description =
          "The text with each character of the second replaced by that of the"
              + " third at its place, or left out",
      example = "translate('12345', '143', 'ax') = 'a2x5'")
  public static String translate(String text, String from, String to) {
    int[] sources = from.codePoints().toArray();
    int[] targets = to.codePoints().toArray();
    var result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              int at = 0;
              while (at < sources.length && sources[at] != point) {
                at++;
              }
              if (at == sources.length) {
                result.appendCodePoint(point);
              } else if (at < targets.length) {
                result.appendCodePoint(targets[at]);
              }
            });
    return result.toString();
  }

  /** The text with another one over it from a place on. */
  @SqlFunction(
      name = "overlay",
      arguments = {TEXT, TEXT, BIGINT},
      result = TEXT,
      description = "The text with another one over it from a place on",
      example = "overlay('Txxxxas' PLACING 'hom' FROM 2) = 'Thomxas'")
  public static String overlay(String text, String over, long start) {
    return overlay(text, over, start, over.codePointCount(0, over.length()));
  }

  /** The text with another one in the place of so many characters. */
  @SqlFunction(
      name = "overlay",
      arguments = {TEXT, TEXT, BIGINT, BIGINT},
      result = TEXT,
      description = "The text with another one in the place of so many characters",
      example = "overlay('Txxxxas' PLACING 'hom' FROM 2 FOR 4) = 'Thomas'")
  public static String overlay(String text, String over, long start, long count) {
    return TextFunctions.left(text, start - 1 < 0 ? 0 : start - 1)
        .concat(over)
        .concat(TextFunctions.substr(text, start + count));
  }

  /** The text in quotes as a constant of SQL. */
  @SqlFunction(
      name = "quote_literal",
      arguments = TEXT,
      result = TEXT,
      description = "The text in quotes as a constant of SQL",
      example = "quote_literal('O''Reilly') = '''O''''Reilly'''")
  public static String quoteLiteral(String text) {
    String doubled = text.replace("'", "''");
    return doubled.contains("\\")
        ? "E'" + doubled.replace("\\", "\\\\") + "'"
        : "'" + doubled + "'";
  }

  /** The text in quotes as a constant of SQL, or NULL as a word. */
  @SqlFunction(
      name = "quote_nullable",
      arguments = TEXT,
      result = TEXT,
      description = "The text in quotes as a constant of SQL; the word NULL for NULL",
      example = "quote_nullable(NULL) = 'NULL' AND quote_nullable('a') = '''a'''")
  public static String quoteNullable(@Nullable String text) {
    return text == null ? "NULL" : quoteLiteral(text);
  }

  /** The text as a name of SQL. */
  @SqlFunction(
      name = "quote_ident",
      arguments = TEXT,
      result = TEXT,
      description = "The text as a name of SQL, in double quotes where it needs them",
      example = "quote_ident('Foo bar') = '\"Foo bar\"' AND quote_ident('foo') = 'foo'")
  public static String quoteIdentifier(String text) {
    return PLAIN.matcher(text).matches() ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** How many bits the text has in UTF-8. */
  @SqlFunction(
      name = "bit_length",
      arguments = TEXT,
      result = BIGINT,
      description = "How many bits the text has in UTF-8",
      example = "bit_length('jose') = 32")
  public static long bitLength(String text) {
    return 8 * TextFunctions.octetLength(text);
  }

  /** The text in a form that is the same for all cases. */
  @SqlFunction(
      name = "casefold",
      arguments = TEXT,
      result = TEXT,
      description = "The text in a form that is the same for all cases",
      example = "casefold('ABC') = 'abc'")
  public static String casefold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");
}

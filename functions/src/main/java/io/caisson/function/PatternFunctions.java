package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.function.operator.LikePattern;
import org.jspecify.annotations.Nullable;

/** Functions and operators of regular expressions and patterns. Thread-safe. */
public final class PatternFunctions {
  private PatternFunctions() {}

  /** Whether the regular expression matches somewhere in the text. */
  @SqlFunction(
      name = "~",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description = "Whether the regular expression matches somewhere in the text",
      example = "'thomas' ~ 't.*ma'")
  public static boolean matches(String text, String pattern) {
    return RegularExpressions.matches(text, pattern);
  }

  /** Whether the regular expression matches somewhere in the text in any case. */
  @SqlFunction(
      name = "~*",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description = "Whether the regular expression matches somewhere in the text in any case",
      example = "'thomas' ~* 'T.*ma'")
  public static boolean matchesAnyCase(String text, String pattern) {
    return RegularExpressions.matcher(text, pattern, "i").find();
  }

  /** Whether the regular expression matches nowhere in the text. */
  @SqlFunction(
      name = "!~",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description = "Whether the regular expression matches nowhere in the text",
      example = "'thomas' !~ 't.*max'")
  public static boolean matchesNot(String text, String pattern) {
    return !matches(text, pattern);
  }

  /** Whether the regular expression matches nowhere in the text in any case. */
  @SqlFunction(
      name = "!~*",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description = "Whether the regular expression matches nowhere in the text in any case",
      example = "'thomas' !~* 'T.*max'")
  public static boolean matchesNotAnyCase(String text, String pattern) {
    return !matchesAnyCase(text, pattern);
  }

  /** Whether the text has the form of a LIKE pattern in any case. */
  @SqlFunction(
      name = "ilike",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description =
          "Whether the text has the form of a LIKE pattern in any case: text" + " ILIKE pattern",
      example = "'Straße' ILIKE 'STR%'")
  public static boolean ilike(String text, String pattern) {
    return LikePattern.of(folded(pattern)).matches(folded(text));
  }

  /** Whether the whole text has the form of an SQL regular expression. */
  @SqlFunction(
      name = "similar_to",
      arguments = {TEXT, TEXT},
      result = BOOLEAN,
      description =
          "Whether the whole text has the form of an SQL regular expression:"
              + " text SIMILAR TO pattern",
      example = "'abc' SIMILAR TO '%(b|d)%'")
  public static boolean similarTo(String text, String pattern) {
    return RegularExpressions.matches(text, SimilarPattern.regularExpression(pattern));
  }

  /** Whether the regular expression matches somewhere in the text. */
  @SqlFunction(
      name = "regexp_like",
      arguments = {TEXT, TEXT, TEXT},
      result = BOOLEAN,
      description =
          "Whether the regular expression matches somewhere in the text, with"
              + " flags: i for any case",
      example = "regexp_like('Hello World', 'world$', 'i')")
  public static boolean regexpLike(String text, String pattern, String flags) {
    return RegularExpressions.matcher(text, pattern, flags).find();
  }

  /** How many matches of the regular expression the text has. */
  @SqlFunction(
      name = "regexp_count",
      arguments = {TEXT, TEXT},
      result = BIGINT,
      description = "How many matches of the regular expression the text has",
      example = "regexp_count('123456789012', '\\d\\d\\d') = 4")
  public static long regexpCount(String text, String pattern) {
    return RegularExpressions.matcher(text, pattern, "").results().count();
  }

  /** The first match of the regular expression. */
  @SqlFunction(
      name = "regexp_substr",
      arguments = {TEXT, TEXT},
      result = TEXT,
      description = "The first match of the regular expression; NULL where there is none",
      example =
          "regexp_substr('ABCDEF', 'c(.)') IS NULL AND regexp_substr('ABCDEF', 'C(.)')" + " = 'CD'")
  public static @Nullable String regexpSubstring(String text, String pattern) {
    var matcher = RegularExpressions.matcher(text, pattern, "");
    return matcher.find() ? matcher.group() : null;
  }

  /** What the first match has in its parentheses, or the match. */
  @SqlFunction(
      name = "substring",
      arguments = {TEXT, TEXT},
      result = TEXT,
      description =
          "The first match of the regular expression, or what its parentheses hold; NULL where"
              + " there is none",
      example = "substring('foobar' FROM 'o(.)b') = 'o' AND substring('foobar' FROM 'o.b') = 'oob'")
  public static @Nullable String substring(String text, String pattern) {
    var matcher = RegularExpressions.matcher(text, pattern, "");
    if (!matcher.find()) {
      return null;
    }
    return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
  }

  /** Where the first match of the regular expression begins. */
  @SqlFunction(
      name = "regexp_instr",
      arguments = {TEXT, TEXT},
      result = BIGINT,
      description =
          "Where the first match of the regular expression begins, counted from"
              + " 1; 0 where there is none",
      example = "regexp_instr('ABCDEF', 'C(.)') = 3")
  public static long regexpPosition(String text, String pattern) {
    var matcher = RegularExpressions.matcher(text, pattern, "");
    return matcher.find() ? text.codePointCount(0, matcher.start()) + 1 : 0;
  }

  /** The text with matches of a regular expression replaced. */
  @SqlFunction(
      name = "regexp_replace",
      arguments = {TEXT, TEXT, TEXT, TEXT},
      result = TEXT,
      description =
          "The text with matches of a regular expression replaced, with flags: g"
              + " for all matches, i for any case",
      example = "regexp_replace('a1b2c3', '[0-9]', '#', 'g') = 'a#b#c#'")
  public static String regexpReplace(
      String text, String pattern, String replacement, String flags) {
    return RegularExpressions.replace(text, pattern, replacement, flags);
  }

  private static String folded(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }
}

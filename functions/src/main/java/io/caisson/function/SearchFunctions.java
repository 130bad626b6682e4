package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Functions of regular expressions that begin at a place, look for one of several matches, and take
 * one of its parentheses, as PostgreSQL has them. Thread-safe.
 */
public final class SearchFunctions {
  private SearchFunctions() {}

  /** How often the regular expression matches from a place on. */
  @SqlFunction(
      name = "regexp_count",
      arguments = {TEXT, TEXT, BIGINT},
      result = BIGINT,
      description = "How often the regular expression matches from a place on",
      example = "regexp_count('123456789012', '\\d\\d\\d', 2) = 3")
  public static long count(String text, String pattern, long start) {
    return count(text, pattern, start, "");
  }

  /** How often the regular expression matches from a place on, with flags. */
  @SqlFunction(
      name = "regexp_count",
      arguments = {TEXT, TEXT, BIGINT, TEXT},
      result = BIGINT,
      description = "How often the regular expression matches from a place on, with flags",
      example = "regexp_count('aXbxc', 'x', 1, 'i') = 2")
  public static long count(String text, String pattern, long start, String flags) {
    Matcher matcher = from(text, pattern, start, flags);
    long count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  /** Where the regular expression matches first from a place on. */
  @SqlFunction(
      name = "regexp_instr",
      arguments = {TEXT, TEXT, BIGINT},
      result = BIGINT,
      description = "Where the regular expression matches first from a place on",
      example = "regexp_instr('ABCDEFC', 'C', 4) = 7")
  public static long position(String text, String pattern, long start) {
    return position(text, pattern, start, 1, 0, "", 0);
  }

  /** Where the regular expression matches for the n-th time. */
  @SqlFunction(
      name = "regexp_instr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT},
      result = BIGINT,
      description = "Where the regular expression matches for the n-th time",
      example = "regexp_instr('ABCDEFC', 'C', 1, 2) = 7")
  public static long position(String text, String pattern, long start, long match) {
    return position(text, pattern, start, match, 0, "", 0);
  }

  /** Where the n-th match begins, or for 1 what comes behind it. */
  @SqlFunction(
      name = "regexp_instr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT, BIGINT},
      result = BIGINT,
      description = "Where the n-th match begins, or for 1 what comes behind it",
      example = "regexp_instr('ABCDEF', 'CD', 1, 1, 1) = 5")
  public static long position(String text, String pattern, long start, long match, long end) {
    return position(text, pattern, start, match, end, "", 0);
  }

  /** Where the n-th match begins or ends, with flags. */
  @SqlFunction(
      name = "regexp_instr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT, BIGINT, TEXT},
      result = BIGINT,
      description = "Where the n-th match begins or ends, with flags",
      example = "regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i') = 3")
  public static long position(
      String text, String pattern, long start, long match, long end, String flags) {
    return position(text, pattern, start, match, end, flags, 0);
  }

  /** Where one of the parentheses of the n-th match begins or ends. */
  @SqlFunction(
      name = "regexp_instr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT, BIGINT, TEXT, BIGINT},
      result = BIGINT,
      description = "Where one of the parentheses of the n-th match begins or ends",
      example = "regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i', 2) = 5")
  public static long position(
      String text, String pattern, long start, long match, long end, String flags, long group) {
    Matcher matcher = nth(text, pattern, start, match, flags);
    if (end != 0 && end != 1) {
      throw invalid("endoption", end);
    }
    int part = part(matcher, group);
    if (part < 0 || matcher.start(part) < 0) {
      return 0;
    }
    int index = end == 0 ? matcher.start(part) : matcher.end(part);
    return text.codePointCount(0, index) + 1L;
  }

  /** The first match from a place on. */
  @SqlFunction(
      name = "regexp_substr",
      arguments = {TEXT, TEXT, BIGINT},
      result = TEXT,
      description = "The first match from a place on",
      example = "regexp_substr('ABCACD', 'A.', 2) = 'AC'")
  public static @Nullable String part(String text, String pattern, long start) {
    return part(text, pattern, start, 1, "", 0);
  }

  /** The n-th match. */
  @SqlFunction(
      name = "regexp_substr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT},
      result = TEXT,
      description = "The n-th match",
      example = "regexp_substr('ABCACD', 'A.', 1, 2) = 'AC'")
  public static @Nullable String part(String text, String pattern, long start, long match) {
    return part(text, pattern, start, match, "", 0);
  }

  /** The n-th match, with flags. */
  @SqlFunction(
      name = "regexp_substr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT, TEXT},
      result = TEXT,
      description = "The n-th match, with flags",
      example = "regexp_substr('ABCDEF', 'c(.)(..)', 1, 1, 'i') = 'CDEF'")
  public static @Nullable String part(
      String text, String pattern, long start, long match, String flags) {
    return part(text, pattern, start, match, flags, 0);
  }

  /** One of the parentheses of the n-th match. */
  @SqlFunction(
      name = "regexp_substr",
      arguments = {TEXT, TEXT, BIGINT, BIGINT, TEXT, BIGINT},
      result = TEXT,
      description = "One of the parentheses of the n-th match",
      example = "regexp_substr('ABCDEF', 'c(.)(..)', 1, 1, 'i', 2) = 'EF'")
  public static @Nullable String part(
      String text, String pattern, long start, long match, String flags, long group) {
    Matcher matcher = nth(text, pattern, start, match, flags);
    int part = part(matcher, group);
    return part < 0 ? null : matcher.group(part);
  }

  /** The text with the first match from a place on replaced. */
  @SqlFunction(
      name = "regexp_replace",
      arguments = {TEXT, TEXT, TEXT, BIGINT},
      result = TEXT,
      description = "The text with the first match from a place on replaced",
      example = "regexp_replace('Thomas', 'o|a', 'X', 4) = 'ThomXs'")
  public static String replaced(String text, String pattern, String replacement, long start) {
    return replaced(text, pattern, replacement, start, 1, "");
  }

  /** The text with the n-th match replaced, or for 0 all matches. */
  @SqlFunction(
      name = "regexp_replace",
      arguments = {TEXT, TEXT, TEXT, BIGINT, BIGINT},
      result = TEXT,
      description = "The text with the n-th match replaced, or for 0 all matches",
      example = "regexp_replace('Thomas', '.', 'X', 3, 2) = 'ThoXas'")
  public static String replaced(
      String text, String pattern, String replacement, long start, long match) {
    return replaced(text, pattern, replacement, start, match, "");
  }

  /** The text with the n-th match replaced, or for 0 all matches, with flags. */
  @SqlFunction(
      name = "regexp_replace",
      arguments = {TEXT, TEXT, TEXT, BIGINT, BIGINT, TEXT},
      result = TEXT,
      description = "The text with the n-th match replaced, or for 0 all matches, with flags",
      example = "regexp_replace('ABC', 'a|c', 'X', 1, 0, 'i') = 'XBX'")
  public static String replaced(
      String text, String pattern, String replacement, long start, long match, String flags) {
    if (match < 0) {
      throw invalid("n", match);
    }
    Matcher matcher = RegularExpressions.matcherFrom(text, index(text, start), pattern, flags);
    return RegularExpressions.replaced(text, matcher, replacement, match);
  }

  private static Matcher from(String text, String pattern, long start, String flags) {
    if (flags.indexOf('g') >= 0) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER, "the function does not support the \"global\" option")
          .withHint("It says itself which match is wanted.");
    }
    return RegularExpressions.matcherFrom(text, index(text, start), pattern, flags);
  }

  private static Matcher nth(String text, String pattern, long start, long match, String flags) {
    if (match < 1) {
      throw invalid("n", match);
    }
    Matcher matcher = from(text, pattern, start, flags);
    long before = match - 1;
    while (before > 0 && matcher.find()) {
      before--;
    }
    return matcher;
  }

  /** The number of the parentheses that are wanted of the next match; −1 where there is none. */
  private static int part(Matcher matcher, long group) {
    if (group < 0) {
      throw invalid("subexpr", group);
    }
    return group <= matcher.groupCount() && matcher.find() ? (int) group : -1;
  }

  private static int index(String text, long start) {
    if (start < 1) {
      throw invalid("start", start);
    }
    int length = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, (int) Math.min(start - 1, length));
  }

  private static CaissonException invalid(String parameter, long value) {
    return new CaissonException(
        SqlState.INVALID_PARAMETER, "invalid value for parameter \"" + parameter + "\": " + value);
  }
}

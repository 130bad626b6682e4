package io.caisson.function;

import static io.caisson.function.ArraySlot.ARRAY;
import static io.caisson.function.ArraySlot.JSONB;
import static io.caisson.function.ArraySlot.TEXT;
import static io.caisson.function.ArraySlot.TEXTS;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions between texts and arrays. Thread-safe. */
public final class ArrayTextFunctions {
  private static final String JOINED =
      "The elements as text with the second text between them, without NULLs";
  private static final String JOINED_WITH_NULLS =
      "The elements as text with the second text between them, and the third in the place of NULLs";
  private static final String JOINED_EXAMPLE = "array_to_string(ARRAY[1, NULL, 3], ',') = '1,3'";
  private static final String JOINED_WITH_NULLS_EXAMPLE =
      "array_to_string(ARRAY[1, NULL, 3], ',', '*') = '1,*,3'";

  private ArrayTextFunctions() {}

  /** The elements put together. */
  @ArrayFunction(
      name = "array_to_string",
      arguments = {ARRAY, TEXT},
      result = TEXT,
      except = TypeKind.TIMESTAMPTZ,
      description = JOINED,
      example = JOINED_EXAMPLE)
  public static String join(SqlArray array, String separator) {
    return ArrayParts.join(ZoneOffset.UTC, array, separator, null);
  }

  /** The elements put together, with something for NULL. */
  @ArrayFunction(
      name = "array_to_string",
      arguments = {ARRAY, TEXT, TEXT},
      result = TEXT,
      except = TypeKind.TIMESTAMPTZ,
      description = JOINED_WITH_NULLS,
      example = JOINED_WITH_NULLS_EXAMPLE)
  public static String joinWithNulls(SqlArray array, String separator, @Nullable String forNull) {
    return ArrayParts.join(ZoneOffset.UTC, array, separator, forNull);
  }

  /** The instants put together, as they are in a time zone. */
  @ArrayFunction(
      name = "array_to_string",
      arguments = {ARRAY, TEXT},
      result = TEXT,
      only = TypeKind.TIMESTAMPTZ,
      description = JOINED,
      example = JOINED_EXAMPLE)
  public static String joinInZone(ZoneId zone, SqlArray array, String separator) {
    return ArrayParts.join(zone, array, separator, null);
  }

  /** The instants put together, as they are in a time zone, with something for NULL. */
  @ArrayFunction(
      name = "array_to_string",
      arguments = {ARRAY, TEXT, TEXT},
      result = TEXT,
      only = TypeKind.TIMESTAMPTZ,
      description = JOINED_WITH_NULLS,
      example = JOINED_WITH_NULLS_EXAMPLE)
  public static String joinInZoneWithNulls(
      ZoneId zone, SqlArray array, String separator, @Nullable String forNull) {
    return ArrayParts.join(zone, array, separator, forNull);
  }

  /** The parts of a text. */
  @ArrayFunction(
      name = "string_to_array",
      arguments = {TEXT, TEXT},
      result = TEXTS,
      description =
          "The parts of the text between the separators; its characters where that is NULL",
      example = "string_to_array('a,b,,c', ',') = ARRAY['a', 'b', '', 'c']")
  public static SqlArray split(String text, @Nullable String separator) {
    return ArrayParts.split(text, separator, null);
  }

  /** The parts of a text, some of which mean NULL. */
  @ArrayFunction(
      name = "string_to_array",
      arguments = {TEXT, TEXT, TEXT},
      result = TEXTS,
      description = "The parts of the text between the separators, NULL where they are the third",
      example = "string_to_array('xx~~yy~~zz', '~~', 'yy') = ARRAY['xx', NULL, 'zz']")
  public static SqlArray splitWithNulls(
      String text, @Nullable String separator, @Nullable String forNull) {
    return ArrayParts.split(text, separator, forNull);
  }

  /** What the first match of a regular expression has in its parentheses. */
  @ArrayFunction(
      name = "regexp_match",
      arguments = {TEXT, TEXT},
      result = TEXTS,
      description =
          "What the parentheses of the first match hold, or the match; NULL where there is none",
      example = "regexp_match('foobarbequebaz', '(bar)(beque)') = ARRAY['bar', 'beque']")
  public static @Nullable SqlArray firstMatch(String text, String pattern) {
    return firstMatch(text, pattern, "");
  }

  /** What the first match of a regular expression has in its parentheses, with flags. */
  @ArrayFunction(
      name = "regexp_match",
      arguments = {TEXT, TEXT, TEXT},
      result = TEXTS,
      description =
          "What the parentheses of the first match hold, or the match, with flags: i for any case",
      example = "regexp_match('Hello World', '(w)(o)', 'i') = ARRAY['W', 'o']")
  public static @Nullable SqlArray firstMatch(String text, String pattern, String flags) {
    List<SqlArray> first = ArrayParts.matches(text, pattern, checked("regexp_match", flags));
    return first.isEmpty() ? null : first.get(0);
  }

  /** The parts of a text between matches of a regular expression. */
  @ArrayFunction(
      name = "regexp_split_to_array",
      arguments = {TEXT, TEXT},
      result = TEXTS,
      description = "The parts of the text between the matches of the regular expression",
      example = "regexp_split_to_array('hello world', '\\s+') = ARRAY['hello', 'world']")
  public static SqlArray splitByPattern(String text, String pattern) {
    return ArrayParts.splitByPattern(text, pattern, "");
  }

  /** The parts of a text between matches of a regular expression, with flags. */
  @ArrayFunction(
      name = "regexp_split_to_array",
      arguments = {TEXT, TEXT, TEXT},
      result = TEXTS,
      description =
          "The parts of the text between the matches of the regular expression, with flags: i for"
              + " any case",
      example = "regexp_split_to_array('1X2x3', 'x', 'i') = ARRAY['1', '2', '3']")
  public static SqlArray splitByPattern(String text, String pattern, String flags) {
    return ArrayParts.splitByPattern(text, pattern, checked("regexp_split_to_array", flags));
  }

  /** An array as JSON. */
  @ArrayFunction(
      name = "to_jsonb",
      aliases = "array_to_json",
      arguments = ARRAY,
      result = JSONB,
      except = TypeKind.TIMESTAMPTZ,
      description = "The array as an array of JSON",
      example = "to_jsonb(ARRAY[1, NULL, 3]) = '[1, null, 3]'")
  public static String json(SqlArray array) {
    return ArrayParts.json(array);
  }

  private static String checked(String function, String flags) {
    if (flags.indexOf('g') >= 0) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, function + "() does not support the \"global\" option");
    }
    return flags;
  }
}

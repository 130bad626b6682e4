package io.caisson.function;

import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.JSONB;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.json.JsonPath;
import io.caisson.type.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions of SQL/JSON paths, with an object of the path's variables and whether errors are passed
 * over, as PostgreSQL has them. Thread-safe.
 */
public final class JsonPathFunctions {
  private static final String NONE = "{}";
  private static final Json NOTHING = Json.Members.of(Map.of());

  private JsonPathFunctions() {}

  /** Whether an SQL/JSON path leads to any value. */
  @SqlFunction(
      name = "jsonb_path_exists",
      arguments = {JSONB, TEXT},
      result = BOOLEAN,
      description = "Whether an SQL/JSON path leads to any value",
      example = "jsonb_path_exists(CAST('{\"a\": [1, 2]}' AS JSONB), '$.a[*] ? (@ >= 2)')")
  public static @Nullable Boolean exists(String json, String path) {
    return exists(json, path, NONE, false);
  }

  /** Whether an SQL/JSON path leads to any value. */
  @SqlFunction(
      name = "jsonb_path_exists",
      arguments = {JSONB, TEXT, JSONB},
      result = BOOLEAN,
      description = "Whether an SQL/JSON path leads to any value, with its variables",
      example =
          "jsonb_path_exists(CAST('{\"a\": [1, 2]}' AS JSONB), '$.a[*] ? (@ >= $n)', '{\"n\": 2}')")
  public static @Nullable Boolean exists(String json, String path, String variables) {
    return exists(json, path, variables, false);
  }

  /** Whether an SQL/JSON path leads to any value. */
  @SqlFunction(
      name = "jsonb_path_exists",
      arguments = {JSONB, TEXT, JSONB, BOOLEAN},
      result = BOOLEAN,
      description =
          "Whether an SQL/JSON path leads to any value, with its variables; TRUE passes over errors",
      example =
          "jsonb_path_exists(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= $n)', '{\"n\": 2}', TRUE)")
  public static @Nullable Boolean exists(
      String json, String path, String variables, boolean silent) {
    List<Json> found = found(json, path, variables, silent);
    if (found == null) {
      return null;
    }
    return !found.isEmpty();
  }

  /** Whether the condition that an SQL/JSON path is holds. */
  @SqlFunction(
      name = "jsonb_path_match",
      arguments = {JSONB, TEXT},
      result = BOOLEAN,
      description = "Whether the condition that an SQL/JSON path is holds",
      example = "jsonb_path_match(CAST('{\"a\": [1, 2]}' AS JSONB), 'exists($.a[*] ? (@ >= 2))')")
  public static @Nullable Boolean match(String json, String path) {
    return match(json, path, NONE, false);
  }

  /** Whether the condition that an SQL/JSON path is holds. */
  @SqlFunction(
      name = "jsonb_path_match",
      arguments = {JSONB, TEXT, JSONB},
      result = BOOLEAN,
      description = "Whether the condition that an SQL/JSON path is holds, with its variables",
      example =
          "jsonb_path_match(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'exists($.a[*] ? (@ >= $n))', '{\"n\": 2}')")
  public static @Nullable Boolean match(String json, String path, String variables) {
    return match(json, path, variables, false);
  }

  /** Whether the condition that an SQL/JSON path is holds. */
  @SqlFunction(
      name = "jsonb_path_match",
      arguments = {JSONB, TEXT, JSONB, BOOLEAN},
      result = BOOLEAN,
      description =
          "Whether the condition that an SQL/JSON path is holds, with its variables; TRUE passes over errors",
      example =
          "jsonb_path_match(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'exists($.a[*] ? (@ >= $n))', '{\"n\": 2}', TRUE)")
  public static @Nullable Boolean match(
      String json, String path, String variables, boolean silent) {
    List<Json> found = found(json, path, variables, silent);
    if (found == null || (found.size() == 1 && found.get(0) instanceof Json.Null)) {
      return null;
    }
    if (found.size() == 1 && found.get(0) instanceof Json.Truth truth) {
      return truth.value();
    }
    if (silent) {
      return null;
    }
    throw new CaissonException(
            SqlState.SINGLETON_JSON_ITEM_REQUIRED, "single boolean result is expected")
        .withHint("A path that is a condition gives one, as '$.a > 1' does.");
  }

  /** The first value to which an SQL/JSON path leads. */
  @SqlFunction(
      name = "jsonb_path_query_first",
      arguments = {JSONB, TEXT},
      result = JSONB,
      description = "The first value to which an SQL/JSON path leads",
      example =
          "jsonb_path_query_first(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= 2)') = CAST('2' AS JSONB)")
  public static @Nullable String first(String json, String path) {
    return first(json, path, NONE, false);
  }

  /** The first value to which an SQL/JSON path leads. */
  @SqlFunction(
      name = "jsonb_path_query_first",
      arguments = {JSONB, TEXT, JSONB},
      result = JSONB,
      description = "The first value to which an SQL/JSON path leads, with its variables",
      example =
          "jsonb_path_query_first(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= $n)', '{\"n\": 2}') = CAST('2' AS JSONB)")
  public static @Nullable String first(String json, String path, String variables) {
    return first(json, path, variables, false);
  }

  /** The first value to which an SQL/JSON path leads. */
  @SqlFunction(
      name = "jsonb_path_query_first",
      arguments = {JSONB, TEXT, JSONB, BOOLEAN},
      result = JSONB,
      description =
          "The first value to which an SQL/JSON path leads, with its variables; TRUE passes over errors",
      example =
          "jsonb_path_query_first(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= $n)', '{\"n\": 2}', TRUE) = CAST('2' AS JSONB)")
  public static @Nullable String first(String json, String path, String variables, boolean silent) {
    List<Json> found = found(json, path, variables, silent);
    return found == null || found.isEmpty() ? null : found.get(0).write();
  }

  /** The array of all values to which an SQL/JSON path leads. */
  @SqlFunction(
      name = "jsonb_path_query_array",
      arguments = {JSONB, TEXT},
      result = JSONB,
      description = "The array of all values to which an SQL/JSON path leads",
      example =
          "jsonb_path_query_array(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= 2)') = CAST('[2]' AS JSONB)")
  public static String all(String json, String path) {
    return all(json, path, NONE, false);
  }

  /** The array of all values to which an SQL/JSON path leads. */
  @SqlFunction(
      name = "jsonb_path_query_array",
      arguments = {JSONB, TEXT, JSONB},
      result = JSONB,
      description = "The array of all values to which an SQL/JSON path leads, with its variables",
      example =
          "jsonb_path_query_array(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= $n)', '{\"n\": 2}') = CAST('[2]' AS JSONB)")
  public static String all(String json, String path, String variables) {
    return all(json, path, variables, false);
  }

  /** The array of all values to which an SQL/JSON path leads. */
  @SqlFunction(
      name = "jsonb_path_query_array",
      arguments = {JSONB, TEXT, JSONB, BOOLEAN},
      result = JSONB,
      description =
          "The array of all values to which an SQL/JSON path leads, with its variables; TRUE passes over errors",
      example =
          "jsonb_path_query_array(CAST('{\"a\": [1, 2]}' AS JSONB), "
              + "'$.a[*] ? (@ >= $n)', '{\"n\": 2}', TRUE) = CAST('[2]' AS JSONB)")
  public static String all(String json, String path, String variables, boolean silent) {
    List<Json> found = found(json, path, variables, silent);
    return new Json.Array(found == null ? List.of() : found).write();
  }

  /** What a path leads to; null for an error that is passed over. */
  static @Nullable List<Json> found(String json, String path, String variables, boolean silent) {
    JsonPath way = JsonPath.of(path);
    Json given = variables.equals(NONE) ? NOTHING : Json.parse(variables);
    if (!(given instanceof Json.Members named)) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "\"vars\" argument is not an object")
          .withHint("Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.");
    }
    try {
      return way.all(Json.parse(json), named);
    } catch (CaissonException e) {
      if (silent && !JsonPath.isUnfit(e)) {
        return null;
      }
      throw e;
    }
  }
}

package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.JSONB;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.json.JsonEdits;
import io.caisson.type.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Functions and operators of JSONB, whose values are canonical texts here. Where there is nothing
 * to give back the result is NULL. Thread-safe.
 */
public final class JsonFunctions {
  private JsonFunctions() {}

  /** A member of an object. */
  @SqlFunction(
      name = "->",
      aliases = "jsonb_object_field",
      arguments = {JSONB, TEXT},
      result = JSONB,
      description = "The member of an object",
      example = "CAST('{\"a\": [1, 2]}' AS JSONB) -> 'a' = CAST('[1, 2]' AS JSONB)")
  public static @Nullable String member(String json, String name) {
    return written(child(Json.parse(json), name));
  }

  /** An element of an array. */
  @SqlFunction(
      name = "->",
      aliases = "jsonb_array_element",
      arguments = {JSONB, BIGINT},
      result = JSONB,
      description = "The element of an array, counted from 0, or from −1 at its end",
      example = "CAST('[10, 20]' AS JSONB) -> 1 = CAST('20' AS JSONB)")
  public static @Nullable String element(String json, long index) {
    return written(Json.parse(json) instanceof Json.Array array ? array.at(index) : null);
  }

  /** A member of an object as text. */
  @SqlFunction(
      name = "->>",
      aliases = "jsonb_object_field_text",
      arguments = {JSONB, TEXT},
      result = TEXT,
      description = "The member of an object, as text",
      example = "CAST('{\"a\": \"x\"}' AS JSONB) ->> 'a' = 'x'")
  public static @Nullable String memberText(String json, String name) {
    return text(child(Json.parse(json), name));
  }

  /** An element of an array as text. */
  @SqlFunction(
      name = "->>",
      aliases = "jsonb_array_element_text",
      arguments = {JSONB, BIGINT},
      result = TEXT,
      description = "The element of an array, as text",
      example = "CAST('[10, \"x\"]' AS JSONB) ->> -1 = 'x'")
  public static @Nullable String elementText(String json, long index) {
    return text(Json.parse(json) instanceof Json.Array array ? array.at(index) : null);
  }

  /** What lies at the end of a path. */
  @SqlFunction(
      name = "#>",
      arguments = {JSONB, TEXT},
      result = JSONB,
      description = "What lies at the end of a path, written as {name,index,…}",
      example = "CAST('{\"a\": [{\"b\": 7}]}' AS JSONB) #> '{a,0,b}' = CAST('7' AS JSONB)")
  public static @Nullable String path(String json, String path) {
    return written(JsonEdits.at(Json.parse(json), JsonEdits.path(path)));
  }

  /** What lies at the end of a path as text. */
  @SqlFunction(
      name = "#>>",
      arguments = {JSONB, TEXT},
      result = TEXT,
      description = "What lies at the end of a path, as text",
      example = "CAST('{\"a\": [{\"b\": \"x\"}]}' AS JSONB) #>> '{a,0,b}' = 'x'")
  public static @Nullable String pathText(String json, String path) {
    return text(JsonEdits.at(Json.parse(json), JsonEdits.path(path)));
  }

  /** Whether one value says all that another one says. */
  @SqlFunction(
      name = "@>",
      aliases = "jsonb_contains",
      arguments = {JSONB, JSONB},
      result = BOOLEAN,
      description = "Whether the first value contains the second",
      example = "CAST('{\"a\": 1, \"b\": 2}' AS JSONB) @> CAST('{\"b\": 2}' AS JSONB)")
  public static boolean contains(String json, String part) {
    return Json.parse(json).contains(Json.parse(part));
  }

  /** Whether one value says nothing that another one does not say. */
  @SqlFunction(
      name = "<@",
      aliases = "jsonb_contained",
      arguments = {JSONB, JSONB},
      result = BOOLEAN,
      description = "Whether the first value is contained in the second",
      example = "CAST('[2]' AS JSONB) <@ CAST('[1, 2]' AS JSONB)")
  public static boolean contained(String part, String json) {
    return contains(json, part);
  }

  /** Whether there is a member or element of a name. */
  @SqlFunction(
      name = "?",
      aliases = "jsonb_exists",
      arguments = {JSONB, TEXT},
      result = BOOLEAN,
      description = "Whether the text is a name of the object or an element of the array",
      example = "CAST('{\"a\": 1}' AS JSONB) ? 'a' AND NOT CAST('[\"b\"]' AS JSONB) ? 'a'")
  public static boolean exists(String json, String name) {
    Json value = Json.parse(json);
    if (value instanceof Json.Members object) {
      return object.members().containsKey(name);
    }
    Json text = new Json.Text(name);
    return value instanceof Json.Array array ? array.elements().contains(text) : value.equals(text);
  }

  /** Two values joined. */
  @SqlFunction(
      name = "||",
      aliases = "jsonb_concat",
      arguments = {JSONB, JSONB},
      result = JSONB,
      description = "The members, or elements, of both; of equal names the second's count",
      example =
          "CAST('{\"a\": 1}' AS JSONB) || CAST('{\"b\": 2}' AS JSONB) @> CAST('{\"a\": 1}' AS JSONB)")
  public static String concat(String left, String right) {
    return JsonEdits.concat(Json.parse(left), Json.parse(right)).write();
  }

  /** An object without a member. */
  @SqlFunction(
      name = "-",
      aliases = "jsonb_delete",
      arguments = {JSONB, TEXT},
      result = JSONB,
      description = "The object without a member, or the array without the texts that equal it",
      example = "CAST('{\"a\": 1, \"b\": 2}' AS JSONB) - 'a' = CAST('{\"b\": 2}' AS JSONB)")
  public static String without(String json, String name) {
    return JsonEdits.without(Json.parse(json), name).write();
  }

  /** An array without an element. */
  @SqlFunction(
      name = "-",
      arguments = {JSONB, BIGINT},
      result = JSONB,
      description = "The array without an element",
      example = "CAST('[1, 2, 3]' AS JSONB) - 1 = CAST('[1, 3]' AS JSONB)")
  public static String without(String json, long index) {
    return JsonEdits.without(Json.parse(json), index).write();
  }

  /** A value without what lies at the end of a path. */
  @SqlFunction(
      name = "#-",
      aliases = "jsonb_delete_path",
      arguments = {JSONB, TEXT},
      result = JSONB,
      description = "The value without what lies at the end of a path",
      example =
          "CAST('{\"a\": {\"b\": 1, \"c\": 2}}' AS JSONB) #- '{a,b}' = CAST('{\"a\": {\"c\": 2}}' AS JSONB)")
  public static String withoutPath(String json, String path) {
    return JsonEdits.without(Json.parse(json), JsonEdits.path(path)).write();
  }

  /** What a value is. */
  @SqlFunction(
      name = "jsonb_typeof",
      aliases = "json_typeof",
      arguments = JSONB,
      result = TEXT,
      description = "What the value is: object, array, string, number, boolean or null",
      example = "jsonb_typeof(CAST('[1]' AS JSONB)) = 'array'")
  public static String typeOf(String json) {
    return Json.parse(json).typeName();
  }

  /** How many elements. */
  @SqlFunction(
      name = "jsonb_array_length",
      aliases = "json_array_length",
      arguments = JSONB,
      result = BIGINT,
      description = "How many elements the array has",
      example = "jsonb_array_length(CAST('[1, 2, 3]' AS JSONB)) = 3")
  public static long arrayLength(String json) {
    Json value = Json.parse(json);
    if (value instanceof Json.Array array) {
      return array.elements().size();
    }
    String what = value instanceof Json.Members ? "a non-array" : "a scalar";
    throw new CaissonException(SqlState.INVALID_PARAMETER, "cannot get array length of " + what);
  }

  /** The text with indentation. */
  @SqlFunction(
      name = "jsonb_pretty",
      arguments = JSONB,
      result = TEXT,
      description = "The value as text with a line for each member and element",
      example = "jsonb_pretty(CAST('[]' AS JSONB)) = '[]'")
  public static String pretty(String json) {
    return Json.parse(json).writePretty();
  }

  /** Without members that are null. */
  @SqlFunction(
      name = "jsonb_strip_nulls",
      aliases = "json_strip_nulls",
      arguments = JSONB,
      result = JSONB,
      description = "The value without the members of objects that are null",
      example =
          "jsonb_strip_nulls(CAST('{\"a\": null, \"b\": 1}' AS JSONB)) = CAST('{\"b\": 1}' AS JSONB)")
  public static String stripNulls(String json) {
    return JsonEdits.withoutNulls(Json.parse(json)).write();
  }

  /** With another value at the end of a path. */
  @SqlFunction(
      name = "jsonb_set",
      arguments = {JSONB, TEXT, JSONB},
      result = JSONB,
      description = "The value with another one at the end of a path, added where there is none",
      example =
          "jsonb_set(CAST('{\"a\": 1}' AS JSONB), '{b}', CAST('2' AS JSONB))"
              + " = CAST('{\"a\": 1, \"b\": 2}' AS JSONB)")
  public static String set(String json, String path, String value) {
    return set(json, path, value, true);
  }

  /** With another value at the end of a path. */
  @SqlFunction(
      name = "jsonb_set",
      arguments = {JSONB, TEXT, JSONB, BOOLEAN},
      result = JSONB,
      description = "The value with another one at the end of a path, added only if that is wanted",
      example =
          "jsonb_set(CAST('{\"a\": 1}' AS JSONB), '{b}', CAST('2' AS JSONB), FALSE)"
              + " = CAST('{\"a\": 1}' AS JSONB)")
  public static String set(String json, String path, String value, boolean create) {
    return JsonEdits.set(Json.parse(json), JsonEdits.path(path), Json.parse(value), create).write();
  }

  /** With another element beside the end of a path. */
  @SqlFunction(
      name = "jsonb_insert",
      arguments = {JSONB, TEXT, JSONB},
      result = JSONB,
      description = "The value with another one before the end of a path, or as a new member there",
      example =
          "jsonb_insert(CAST('[1, 3]' AS JSONB), '{1}', CAST('2' AS JSONB))"
              + " = CAST('[1, 2, 3]' AS JSONB)")
  public static String insert(String json, String path, String value) {
    return insert(json, path, value, false);
  }

  /** With another element beside the end of a path. */
  @SqlFunction(
      name = "jsonb_insert",
      arguments = {JSONB, TEXT, JSONB, BOOLEAN},
      result = JSONB,
      description = "The value with another one before, or behind, the end of a path",
      example =
          "jsonb_insert(CAST('[1, 3]' AS JSONB), '{0}', CAST('2' AS JSONB), TRUE)"
              + " = CAST('[1, 2, 3]' AS JSONB)")
  public static String insert(String json, String path, String value, boolean after) {
    return JsonEdits.insert(Json.parse(json), JsonEdits.path(path), Json.parse(value), after)
        .write();
  }

  private static @Nullable Json child(Json value, String name) {
    return value instanceof Json.Members object ? object.members().get(name) : null;
  }

  private static @Nullable String written(@Nullable Json value) {
    return value == null ? null : value.write();
  }

  private static @Nullable String text(@Nullable Json value) {
    return value == null || value instanceof Json.Null ? null : value.unquoted();
  }
}

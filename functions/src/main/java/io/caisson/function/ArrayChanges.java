package io.caisson.function;

import static io.caisson.function.ArraySlot.ARRAY;
import static io.caisson.function.ArraySlot.BIGINT;
import static io.caisson.function.ArraySlot.BOOLEAN;
import static io.caisson.function.ArraySlot.ELEMENT;
import static io.caisson.function.ArraySlot.JSONB;
import static io.caisson.function.ArraySlot.TEXTS;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.json.JsonEdits;
import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Arrays with other elements, which is what {@code UPDATE t SET a[2] = 5} stores, and functions of
 * JSON and an array of names. Thread-safe.
 */
public final class ArrayChanges {
  private static final int LONGEST = 1_000_000;

  private ArrayChanges() {}

  /** The array with another element. */
  @ArrayFunction(
      name = "array_set",
      arguments = {ARRAY, BIGINT, ELEMENT},
      result = ARRAY,
      description = "The array with another element at a subscript; NULLs fill what lies between",
      example =
          "array_set(ARRAY[1, 2], 2, 7) = ARRAY[1, 7] AND array_set(ARRAY[1], 3, 5) = '{1,NULL,5}'")
  public static SqlArray with(
      TypeKind kind, @Nullable SqlArray array, @Nullable Long subscript, @Nullable Object element) {
    return with(kind, array, subscript, subscript, List.of(), element);
  }

  /** The array with other elements. */
  @ArrayFunction(
      name = "array_set_slice",
      arguments = {ARRAY, BIGINT, BIGINT, ARRAY},
      result = ARRAY,
      description = "The array with the elements of another one between two subscripts",
      example = "array_set_slice(ARRAY[1, 2, 3], 2, 3, ARRAY[8, 9]) = ARRAY[1, 8, 9]")
  public static SqlArray with(
      TypeKind kind,
      @Nullable SqlArray array,
      @Nullable Long from,
      @Nullable Long to,
      SqlArray elements) {
    if (from != null && to != null && to - from + 1 > elements.size() && to != Integer.MAX_VALUE) {
      throw new CaissonException(SqlState.ARRAY_SUBSCRIPT_ERROR, "source array too small");
    }
    Long end =
        to != null && from != null && to == Integer.MAX_VALUE
            ? Long.valueOf(from + elements.size() - 1)
            : to;
    return with(kind, array, from, end, elements.elements(), null);
  }

  private static SqlArray with(
      TypeKind kind,
      @Nullable SqlArray array,
      @Nullable Long from,
      @Nullable Long to,
      List<? extends @Nullable Object> values,
      @Nullable Object value) {
    if (from == null || to == null) {
      throw new CaissonException(
          SqlState.NULL_NOT_ALLOWED, "array subscript in assignment must not be null");
    }
    var elements = new ArrayList<@Nullable Object>(array == null ? List.of() : array.elements());
    if (from < 1 || (elements.isEmpty() && from > 1)) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED, "arrays that do not begin at 1 are not supported")
          .withHint("Assign to the subscript 1 first.");
    }
    if (to > LONGEST) {
      throw new CaissonException(
          SqlState.TRANSACTION_TOO_LARGE,
          "array size exceeds the maximum allowed (" + LONGEST + ")");
    }
    while (elements.size() < to) {
      elements.add(null);
    }
    for (long i = from; i <= to; i++) {
      elements.set((int) i - 1, values.isEmpty() ? value : values.get((int) (i - from)));
    }
    return SqlArray.of(kind, elements);
  }

  /** Whether any of the names is there. */
  @ArrayFunction(
      name = "jsonb_exists_any",
      arguments = {JSONB, TEXTS},
      result = BOOLEAN,
      description = "Whether any of the texts is a name of the object or an element of the array",
      example = "jsonb_exists_any('{\"a\": 1}', ARRAY['a', 'z'])")
  public static boolean existsAny(String json, SqlArray names) {
    return names.elements().stream()
        .anyMatch(name -> name != null && JsonFunctions.exists(json, (String) name));
  }

  /** Whether all of the names are there. */
  @ArrayFunction(
      name = "jsonb_exists_all",
      arguments = {JSONB, TEXTS},
      result = BOOLEAN,
      description = "Whether all of the texts are names of the object or elements of the array",
      example = "jsonb_exists_all('[\"a\", \"b\"]', ARRAY['a', 'b'])")
  public static boolean existsAll(String json, SqlArray names) {
    return names.elements().stream()
        .allMatch(name -> name == null || JsonFunctions.exists(json, (String) name));
  }

  /** An object without some members. */
  @ArrayFunction(
      name = "-",
      arguments = {JSONB, TEXTS},
      result = JSONB,
      description = "The object without some members, or the array without some texts",
      example = "CAST('{\"a\": 1, \"b\": 2}' AS JSONB) - ARRAY['a', 'z'] = '{\"b\": 2}'")
  public static String without(String json, SqlArray names) {
    Json value = Json.parse(json);
    for (Object name : names.elements()) {
      value = name == null ? value : JsonEdits.without(value, (String) name);
    }
    return value.write();
  }

  /** An object of names and texts in turn. */
  @ArrayFunction(
      name = "jsonb_object",
      arguments = TEXTS,
      result = JSONB,
      description = "The object of the names and the texts that the array holds in turn",
      example = "jsonb_object(ARRAY['a', '1', 'b', 'x']) = '{\"a\": \"1\", \"b\": \"x\"}'")
  public static String object(SqlArray array) {
    var names = new ArrayList<@Nullable Object>();
    var values = new ArrayList<@Nullable Object>();
    for (Object element : array.elements()) {
      (names.size() == values.size() ? names : values).add(element);
    }
    return object(names, values, "array must have even number of elements");
  }

  /** An object of names and texts. */
  @ArrayFunction(
      name = "jsonb_object",
      arguments = {TEXTS, TEXTS},
      result = JSONB,
      description = "The object of the names in one array and the texts in the other",
      example = "jsonb_object(ARRAY['a'], ARRAY['1']) = '{\"a\": \"1\"}'")
  public static String object(SqlArray names, SqlArray values) {
    return object(names.elements(), values.elements(), "mismatched array dimensions");
  }

  private static String object(
      List<? extends @Nullable Object> names,
      List<? extends @Nullable Object> values,
      String mismatch) {
    if (names.size() != values.size()) {
      throw new CaissonException(SqlState.ARRAY_SUBSCRIPT_ERROR, mismatch);
    }
    var members = new TreeMap<String, Json>();
    for (int i = 0; i < names.size(); i++) {
      Object name = names.get(i);
      if (name == null) {
        throw new CaissonException(
            SqlState.NULL_NOT_ALLOWED, "null value not allowed for object key");
      }
      Object value = values.get(i);
      members.put((String) name, value == null ? new Json.Null() : new Json.Text((String) value));
    }
    return Json.Members.of(members).write();
  }

  /** What lies at the end of a path. */
  @ArrayFunction(
      name = "jsonb_extract_path",
      aliases = "json_extract_path",
      arguments = {JSONB, TEXTS},
      result = JSONB,
      description = "What lies at the end of a path of names and indexes",
      example = "jsonb_extract_path('{\"a\": [5, 6]}', 'a', '1') = '6'")
  public static @Nullable String path(String json, SqlArray path) {
    Json found = at(json, path);
    return found == null ? null : found.write();
  }

  /** What lies at the end of a path as text. */
  @ArrayFunction(
      name = "jsonb_extract_path_text",
      aliases = "json_extract_path_text",
      arguments = {JSONB, TEXTS},
      result = ArraySlot.TEXT,
      description = "What lies at the end of a path of names and indexes, as text",
      example = "jsonb_extract_path_text('{\"a\": [5, \"x\"]}', 'a', '1') = 'x'")
  public static @Nullable String pathText(String json, SqlArray path) {
    Json found = at(json, path);
    return found == null || found instanceof Json.Null ? null : found.unquoted();
  }

  private static @Nullable Json at(String json, SqlArray path) {
    var steps = new ArrayList<String>();
    for (Object step : path.elements()) {
      if (step == null) {
        return null;
      }
      steps.add((String) step);
    }
    return JsonEdits.at(Json.parse(json), steps);
  }
}

package io.caisson.function;

import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.JSONB;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.function.json.JsonPath;
import io.caisson.function.json.JsonSpecification;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What JSON_VALUE and its like, and JSON_TABLE, are calls of: functions of a value, a path, an
 * object of the path's variables, and a text that says what is wanted, as {@link JsonSpecification}
 * writes it. Thread-safe.
 */
public final class JsonQueries {
  private static final String NO_VARIABLES = "{}";
  private static final Json.Members NOTHING = Json.Members.of(Map.of());

  private JsonQueries() {}

  /** The function that gives an item as a text for a cast. */
  public static ScalarFunction itemText(String name) {
    return function(name, "text", List.of(JSONB, TEXT, JSONB, TEXT), SqlType.of(TEXT));
  }

  /** The function that gives an array of an item's slot, or of the number of its default. */
  public static ScalarFunction itemSlot(String name) {
    return function(name, "slot", List.of(JSONB, TEXT, JSONB, TEXT), SqlType.of(JSONB));
  }

  /** The function that gives the rows of a table. */
  public static ScalarFunction rowsOf(String name) {
    return function(
        name, "rows", List.of(JSONB, JSONB, TEXT, BOOLEAN), SqlType.arrayOf(SqlType.of(JSONB)));
  }

  private static ScalarFunction function(
      String name, String method, List<TypeKind> arguments, SqlType result) {
    return new ScalarFunction(
        name,
        arguments.stream().map(SqlType::of).toList(),
        result,
        Arrays.stream(JsonQueries.class.getMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findFirst()
            .orElseThrow(),
        "What is taken of a JSON value",
        "");
  }

  /** An item as a text for a cast; null for NULL. */
  public static @Nullable String text(
      String json, String path, String variables, String specification) {
    Json slot = item(json, path, variables, specification);
    return slot instanceof Json.Text text ? text.value() : null;
  }

  /** An array of an item's slot. */
  public static String slot(String json, String path, String variables, String specification) {
    return new Json.Array(List.of(item(json, path, variables, specification))).write();
  }

  private static Json item(String json, String path, String variables, String specification) {
    return JsonSpecification.item(specification)
        .slot(Json.parse(json), JsonPath.of(path), variables(variables));
  }

  /** The rows of a table, each an array of slots. */
  public static SqlArray rows(String json, String variables, String specification, boolean strict) {
    List<Json> rows =
        JsonSpecification.tree(specification).rows(Json.parse(json), variables(variables), strict);
    return SqlArray.of(JSONB, rows.stream().map(Json::write).toList());
  }

  private static Json.Members variables(String json) {
    return json.equals(NO_VARIABLES) || !(Json.parse(json) instanceof Json.Members members)
        ? NOTHING
        : members;
  }
}

package io.caisson.sql.runtime;

import io.caisson.function.RowsOfJson;
import io.caisson.function.json.JsonPath;
import io.caisson.type.json.Json;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** The rows that functions in FROM make of one JSON value. Public for generated code only. */
public final class JsonRows {
  private JsonRows() {}

  /**
   * Rows; none where an argument is NULL.
   *
   * @param json the value
   * @param path where a path is wanted, the path
   * @param kind the name of what the rows are
   * @param function what errors call the function
   */
  public static Enumerable<@Nullable Object[]> of(
      @Nullable Object json, @Nullable Object path, String kind, String function) {
    if (json == null || path == null) {
      return Linq4j.emptyEnumerable();
    }
    Json value = Json.parse(json.toString());
    return Linq4j.asEnumerable(
        switch (RowsOfJson.Kind.valueOf(kind)) {
          case ELEMENTS -> RowsOfJson.elementsOf(value).stream().map(e -> row(e.write())).toList();
          case ELEMENTS_AS_TEXT ->
              RowsOfJson.elementsOf(value).stream().map(e -> row(text(e))).toList();
          case MEMBERS ->
              RowsOfJson.membersOf(value, function).entrySet().stream()
                  .map(m -> row(m.getKey(), m.getValue().write()))
                  .toList();
          case MEMBERS_AS_TEXT ->
              RowsOfJson.membersOf(value, function).entrySet().stream()
                  .map(m -> row(m.getKey(), text(m.getValue())))
                  .toList();
          case NAMES ->
              RowsOfJson.namesOf(value, function).stream().map(name -> row(name)).toList();
          case PATH ->
              JsonPath.of(path.toString()).all(value).stream().map(v -> row(v.write())).toList();
        });
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static @Nullable String text(Json value) {
    return value instanceof Json.Null ? null : value.unquoted();
  }
}

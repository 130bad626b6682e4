package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.json.JsonPath;
import io.caisson.type.json.Json;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** The rows that functions in FROM make of one JSON value. Public for generated code only. */
public final class JsonRows {
  private JsonRows() {}

  /** What the rows are. */
  public enum Kind {
    /** The elements of an array. */
    ELEMENTS,
    /** The elements of an array as text. */
    ELEMENTS_AS_TEXT,
    /** Names and values of an object's members. */
    MEMBERS,
    /** Names and values of an object's members, these as text. */
    MEMBERS_AS_TEXT,
    /** The names of an object's members. */
    NAMES,
    /** The values to which a path leads. */
    PATH
  }

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
        switch (Kind.valueOf(kind)) {
          case ELEMENTS -> elements(value).stream().map(e -> row(e.write())).toList();
          case ELEMENTS_AS_TEXT -> elements(value).stream().map(e -> row(text(e))).toList();
          case MEMBERS ->
              members(value, function).entrySet().stream()
                  .map(m -> row(m.getKey(), m.getValue().write()))
                  .toList();
          case MEMBERS_AS_TEXT ->
              members(value, function).entrySet().stream()
                  .map(m -> row(m.getKey(), text(m.getValue())))
                  .toList();
          case NAMES -> names(value, function).stream().map(name -> row(name)).toList();
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

  private static List<Json> elements(Json value) {
    if (value instanceof Json.Array array) {
      return array.elements();
    }
    String what = value instanceof Json.Members ? "an object" : "a scalar";
    throw new CaissonException(SqlState.INVALID_PARAMETER, "cannot extract elements from " + what)
        .withHint("Only an array has elements.");
  }

  private static Map<String, Json> members(Json value, String function) {
    if (value instanceof Json.Members object) {
      return object.members();
    }
    throw new CaissonException(
        SqlState.INVALID_PARAMETER, "cannot call " + function + " on a non-object");
  }

  private static List<String> names(Json value, String function) {
    if (value instanceof Json.Members object) {
      return List.copyOf(object.members().keySet());
    }
    String what = value instanceof Json.Array ? "an array" : "a scalar";
    throw new CaissonException(
        SqlState.INVALID_PARAMETER, "cannot call " + function + " on " + what);
  }
}

package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.json.JsonPath;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What functions in FROM make rows of, as an array with an element for each row: what a standing
 * query unnests. Members are arrays of a name and a value. Stateless.
 */
public final class RowsOfJson {
  private RowsOfJson() {}

  /** What the rows are. */
  public enum Kind {
    /** The elements of an array. */
    ELEMENTS("elements", TypeKind.JSONB),
    /** The elements of an array as text. */
    ELEMENTS_AS_TEXT("texts", TypeKind.TEXT),
    /** Names and values of an object's members. */
    MEMBERS("members", TypeKind.JSONB),
    /** Names and values of an object's members, these as text. */
    MEMBERS_AS_TEXT("members", TypeKind.JSONB),
    /** The names of an object's members. */
    NAMES("names", TypeKind.TEXT),
    /** The values to which a path leads. */
    PATH("path", TypeKind.JSONB);

    private final String method;
    private final TypeKind element;

    Kind(String method, TypeKind element) {
      this.method = method;
      this.element = element;
    }

    /** The function of a value, and of a path or the function's name, that gives the array. */
    public ScalarFunction function(String name) {
      Method found =
          Arrays.stream(RowsOfJson.class.getMethods())
              .filter(candidate -> candidate.getName().equals(method))
              .findFirst()
              .orElseThrow();
      return new ScalarFunction(
          name,
          List.of(SqlType.of(TypeKind.JSONB), SqlType.of(TypeKind.TEXT)),
          SqlType.arrayOf(SqlType.of(element)),
          found,
          "The rows that the function makes in FROM, as an array",
          "");
    }
  }

  /** The elements of an array. */
  public static SqlArray elements(String json, String function) {
    return array(TypeKind.JSONB, elementsOf(Json.parse(json)));
  }

  /** The elements of an array as text. */
  public static SqlArray texts(String json, String function) {
    List<Json> elements = elementsOf(Json.parse(json));
    return SqlArray.of(
        TypeKind.TEXT,
        elements.stream().map(e -> e instanceof Json.Null ? null : e.unquoted()).toList());
  }

  /** The members of an object, each as an array of its name and its value. */
  public static SqlArray members(String json, String function) {
    return array(
        TypeKind.JSONB,
        membersOf(Json.parse(json), function).entrySet().stream()
            .<Json>map(m -> new Json.Array(List.of(new Json.Text(m.getKey()), m.getValue())))
            .toList());
  }

  /** The names of an object's members. */
  public static SqlArray names(String json, String function) {
    return SqlArray.of(TypeKind.TEXT, namesOf(Json.parse(json), function));
  }

  /** The values to which a path leads. */
  public static SqlArray path(String json, String path) {
    return array(TypeKind.JSONB, JsonPath.of(path).all(Json.parse(json)));
  }

  private static SqlArray array(TypeKind kind, List<Json> elements) {
    return SqlArray.of(kind, elements.stream().map(Json::write).toList());
  }

  /** The elements of a value that must be an array. */
  public static List<Json> elementsOf(Json value) {
    if (value instanceof Json.Array array) {
      return array.elements();
    }
    String what = value instanceof Json.Members ? "an object" : "a scalar";
    throw new CaissonException(SqlState.INVALID_PARAMETER, "cannot extract elements from " + what)
        .withHint("Only an array has elements.");
  }

  /** The members of a value that must be an object. */
  public static Map<String, Json> membersOf(Json value, String function) {
    if (value instanceof Json.Members object) {
      return object.members();
    }
    throw new CaissonException(
        SqlState.INVALID_PARAMETER, "cannot call " + function + " on a non-object");
  }

  /** The names of the members of a value that must be an object. */
  public static List<String> namesOf(Json value, String function) {
    if (value instanceof Json.Members object) {
      return List.copyOf(object.members().keySet());
    }
    String what = value instanceof Json.Array ? "an array" : "a scalar";
    throw new CaissonException(
        SqlState.INVALID_PARAMETER, "cannot call " + function + " on " + what);
  }
}

package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** JSON values made of others, and the paths that lead into them. Stateless. */
public final class JsonEdits {
  private static final String INDEX = "-?\\d{1,9}";

  private JsonEdits() {}

  /** The steps of a path written as {@code {name,0,"a name"}}. */
  public static List<String> path(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
      throw new CaissonException(SqlState.INVALID_TEXT, "malformed array literal: \"" + text + "\"")
          .withHint("Write a path as {name,0,name}.");
    }
    var steps = new ArrayList<String>();
    var step = new StringBuilder();
    boolean quoted = false;
    String inner = trimmed.substring(1, trimmed.length() - 1);
    for (int i = 0; i < inner.length(); i++) {
      char unit = inner.charAt(i);
      if (unit == '"') {
        quoted = !quoted;
      } else if (unit == '\\' && i + 1 < inner.length()) {
        step.append(inner.charAt(++i));
      } else if (unit == ',' && !quoted) {
        steps.add(step.toString());
        step.setLength(0);
      } else if (quoted || !Character.isWhitespace(unit)) {
        step.append(unit);
      }
    }
    if (!inner.isBlank()) {
      steps.add(step.toString());
    }
    return steps;
  }

  /** What lies at the end of a path; null where there is nothing. */
  public static @Nullable Json at(Json value, List<String> path) {
    Json found = value;
    for (String step : path) {
      found = found == null ? null : child(found, step);
    }
    return found;
  }

  private static @Nullable Json child(Json value, String step) {
    if (value instanceof Json.Members object) {
      return object.members().get(step);
    }
    return value instanceof Json.Array array && step.matches(INDEX)
        ? array.at(Long.parseLong(step))
        : null;
  }

  /** Members or elements of both. */
  public static Json concat(Json left, Json right) {
    if (left instanceof Json.Members a && right instanceof Json.Members b) {
      var members = new TreeMap<>(a.members());
      members.putAll(b.members());
      return new Json.Members(members);
    }
    List<Json> elements = new ArrayList<>(elements(left));
    elements.addAll(elements(right));
    return new Json.Array(elements);
  }

  private static List<Json> elements(Json value) {
    return value instanceof Json.Array array ? array.elements() : List.of(value);
  }

  /** An object without a member, an array without the texts that equal the name. */
  public static Json without(Json value, String name) {
    if (value instanceof Json.Members object) {
      var members = new TreeMap<>(object.members());
      members.remove(name);
      return new Json.Members(members);
    }
    if (value instanceof Json.Array array) {
      Json text = new Json.Text(name);
      return new Json.Array(array.elements().stream().filter(e -> !e.equals(text)).toList());
    }
    throw new CaissonException(SqlState.INVALID_PARAMETER, "cannot delete from scalar");
  }

  /** An array without an element. */
  public static Json without(Json value, long index) {
    if (!(value instanceof Json.Array array)) {
      String what = value instanceof Json.Members ? "object using integer index" : "scalar";
      throw new CaissonException(SqlState.INVALID_PARAMETER, "cannot delete from " + what);
    }
    List<Json> elements = new ArrayList<>(array.elements());
    long place = index < 0 ? elements.size() + index : index;
    if (place >= 0 && place < elements.size()) {
      elements.remove((int) place);
    }
    return new Json.Array(elements);
  }

  /** A value without what lies at the end of a path. */
  public static Json without(Json value, List<String> path) {
    if (path.isEmpty() || at(value, path) == null) {
      return value;
    }
    String last = path.get(path.size() - 1);
    return edited(
        value,
        path.subList(0, path.size() - 1),
        inner ->
            inner instanceof Json.Array
                ? without(inner, Long.parseLong(last))
                : without(inner, last));
  }

  /** A value with another one at the end of a path. */
  public static Json set(Json value, List<String> path, Json replacement, boolean create) {
    if (path.isEmpty()) {
      return value;
    }
    List<String> parents = path.subList(0, path.size() - 1);
    if (at(value, parents) == null || (at(value, path) == null && !create)) {
      return value;
    }
    String last = path.get(path.size() - 1);
    return edited(value, parents, inner -> with(inner, last, replacement));
  }

  /** A value with another one beside the end of a path, or as a new member there. */
  public static Json insert(Json value, List<String> path, Json added, boolean after) {
    if (path.isEmpty()) {
      return value;
    }
    List<String> parents = path.subList(0, path.size() - 1);
    String last = path.get(path.size() - 1);
    return edited(
        value,
        parents,
        inner -> {
          if (inner instanceof Json.Members object && object.members().containsKey(last)) {
            throw new CaissonException(SqlState.INVALID_PARAMETER, "cannot replace existing key")
                .withHint("Try using the function jsonb_set to replace key value.");
          }
          return inner instanceof Json.Array array && last.matches(INDEX)
              ? inserted(array, Integer.parseInt(last), added, after)
              : with(inner, last, added);
        });
  }

  private static Json inserted(Json.Array array, int index, Json added, boolean after) {
    List<Json> elements = new ArrayList<>(array.elements());
    int place = (index < 0 ? elements.size() + index : index) + (after ? 1 : 0);
    elements.add(Math.max(0, Math.min(place, elements.size())), added);
    return new Json.Array(elements);
  }

  private static Json edited(Json value, List<String> path, UnaryOperator<Json> edit) {
    if (path.isEmpty()) {
      return edit.apply(value);
    }
    Json child = child(value, path.get(0));
    return child == null
        ? value
        : with(value, path.get(0), edited(child, path.subList(1, path.size()), edit));
  }

  private static Json with(Json value, String step, Json replacement) {
    if (value instanceof Json.Members object) {
      var members = new TreeMap<>(object.members());
      members.put(step, replacement);
      return new Json.Members(members);
    }
    if (!(value instanceof Json.Array array)) {
      return value;
    }
    if (!step.matches(INDEX)) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "path element is not an integer: \"" + step + "\"");
    }
    List<Json> elements = new ArrayList<>(array.elements());
    int index = Integer.parseInt(step);
    int place = index < 0 ? elements.size() + index : index;
    if (place >= elements.size()) {
      elements.add(replacement);
    } else if (place < 0) {
      elements.add(0, replacement);
    } else {
      elements.set(place, replacement);
    }
    return new Json.Array(elements);
  }

  /** A value without the members of objects that are null. */
  public static Json withoutNulls(Json value) {
    if (value instanceof Json.Array array) {
      return new Json.Array(array.elements().stream().map(JsonEdits::withoutNulls).toList());
    }
    if (value instanceof Json.Members object) {
      var members = new TreeMap<String, Json>(Json.NAME_ORDER);
      object
          .members()
          .forEach(
              (name, member) -> {
                if (!(member instanceof Json.Null)) {
                  members.put(name, withoutNulls(member));
                }
              });
      return new Json.Members(members);
    }
    return value;
  }
}

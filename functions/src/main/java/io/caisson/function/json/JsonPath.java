package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An SQL/JSON path of member and element steps: {@code $.a."b c"[0][*].*}. Lax, as is the default:
 * a member step looks into the elements of an array, an element step takes what is no array for an
 * array of one, and what is not there is no error. Immutable.
 */
public final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\s*(?:\\.\\s*(?:(\\*)|\"((?:[^\"\\\\]|\\\\.)*)\"|([\\p{L}_$][\\p{L}\\p{N}_$]*))"
              + "|\\[\\s*(?:(\\*)|(\\d{1,9})|(last))\\s*\\])\\s*");

  private final List<Step> steps;

  /** One step: to a member, or to an element. */
  private sealed interface Step {}

  /** To the member of a name; of all names for null. */
  private record Member(@Nullable String name) implements Step {}

  /** To the element of an index; −1 is the last, null all of them. */
  private record Element(@Nullable Integer index) implements Step {}

  private JsonPath(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The path that a text says. */
  public static JsonPath of(String text) {
    String path = text.strip();
    path = path.startsWith("lax ") ? path.substring(4).strip() : path;
    if (!path.startsWith("$")) {
      throw invalid(text);
    }
    var steps = new ArrayList<Step>();
    Matcher step = STEP.matcher(path);
    int at = 1;
    while (at < path.length()) {
      if (!step.find(at) || step.start() != at) {
        throw invalid(text);
      }
      steps.add(step(step));
      at = step.end();
    }
    return new JsonPath(steps);
  }

  private static Step step(Matcher step) {
    if (step.group(1) != null) {
      return new Member(null);
    }
    if (step.group(2) != null) {
      return new Member(step.group(2).replaceAll("\\\\(.)", "$1"));
    }
    if (step.group(3) != null) {
      return new Member(step.group(3));
    }
    if (step.group(4) != null) {
      return new Element(null);
    }
    return new Element(step.group(5) == null ? -1 : Integer.parseInt(step.group(5)));
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(
            SqlState.INVALID_TEXT, "invalid input syntax for type jsonpath: \"" + text + "\"")
        .withHint("A path begins with $ and goes on with .name, .*, [0], [last] or [*].");
  }

  /** The first value to which the path leads; null where it leads to none. */
  public @Nullable Json first(Json value) {
    List<Json> found = all(value);
    return found.isEmpty() ? null : found.get(0);
  }

  /** All values to which the path leads. */
  public List<Json> all(Json value) {
    List<Json> found = List.of(value);
    for (Step step : steps) {
      var next = new ArrayList<Json>();
      found.forEach(each -> follow(step, each, next));
      found = next;
    }
    return found;
  }

  private static void follow(Step step, Json value, List<Json> out) {
    if (step instanceof Element element) {
      List<Json> elements = value instanceof Json.Array a ? a.elements() : List.of(value);
      if (element.index() == null) {
        out.addAll(elements);
      } else {
        Json one = new Json.Array(elements).at(element.index());
        if (one != null) {
          out.add(one);
        }
      }
      return;
    }
    if (value instanceof Json.Array array) {
      array.elements().stream()
          .filter(inner -> inner instanceof Json.Members)
          .forEach(inner -> follow(step, inner, out));
    } else if (value instanceof Json.Members object && step instanceof Member member) {
      if (member.name() == null) {
        out.addAll(object.members().values());
      } else if (object.members().containsKey(member.name())) {
        out.add(object.members().get(member.name()));
      }
    }
  }
}

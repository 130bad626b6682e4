package io.caisson.model.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON value: names of members and positions in lists, from the outside in. Written
 * {@code customer.address.city}, {@code items[0].sku}; a name with dots or brackets stands between
 * double quotes, which are doubled inside. Immutable.
 *
 * @param steps String for a member, Integer for a position from 0
 */
public record JsonPath(List<Object> steps) {
  private static final Pattern STEP =
      Pattern.compile("\\[(\\d{1,9})\\]|\\.?(?:\"((?:[^\"]|\"\")+)\"|([^.\\[\\]\"]+))");
  private static final Pattern PLAIN = Pattern.compile("[^.\\[\\]\"]+");

  /** Copies the list and checks its elements. */
  public JsonPath {
    steps = List.copyOf(steps);
    if (steps.isEmpty()
        || !steps.stream().allMatch(s -> s instanceof String || s instanceof Integer)) {
      throw new IllegalArgumentException("steps " + steps);
    }
  }

  /** The path of one member. */
  public static JsonPath ofMember(String name) {
    return new JsonPath(List.of(name));
  }

  /**
   * Reads a path.
   *
   * @throws CaissonException 42602 where the text is none
   */
  public static JsonPath parse(String text) {
    var steps = new ArrayList<Object>();
    Matcher step = STEP.matcher(text);
    int at = 0;
    while (at < text.length()) {
      boolean dotted = text.charAt(at) == '.';
      step.region(at, text.length());
      boolean fits = step.lookingAt() && (step.group(1) != null || dotted != steps.isEmpty());
      if (!fits) {
        throw invalid(text);
      }
      steps.add(
          step.group(1) != null
              ? (Object) Integer.valueOf(step.group(1))
              : step.group(2) != null ? step.group(2).replace("\"\"", "\"") : step.group(3));
      at = step.end();
    }
    if (steps.isEmpty()) {
      throw invalid(text);
    }
    return new JsonPath(steps);
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(SqlState.INVALID_NAME, "\"" + text + "\" is no path in a document")
        .withHint("Write names with dots between them and positions in brackets: items[0].sku.");
  }

  /** What is there; null where nothing is, and for JSON's null. */
  public @Nullable Object find(@Nullable Object value) {
    Object found = value;
    for (Object step : steps) {
      if (step instanceof String name && found instanceof Map<?, ?> members) {
        found = members.get(name);
      } else if (step instanceof Integer position && found instanceof List<?> list) {
        found = position < list.size() ? list.get(position) : null;
      } else {
        return null;
      }
    }
    return found;
  }

  /** The path as {@link #parse} reads it. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof String name) {
        boolean plain = PLAIN.matcher(name).matches();
        text.append(text.isEmpty() ? "" : ".")
            .append(plain ? name : "\"" + name.replace("\"", "\"\"") + "\"");
      } else {
        text.append('[').append(step).append(']');
      }
    }
    return text.toString();
  }
}

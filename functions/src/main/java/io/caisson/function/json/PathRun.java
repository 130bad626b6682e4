package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows a path through a value. For one value. */
final class PathRun {
  private final Json root;
  private final Json.Members variables;
  private final boolean strict;

  /** What {@code @} stands for, and the length of the array whose subscript is read, else −1. */
  private Json current;

  private int length = -1;

  PathRun(Json root, Json.Members variables, boolean strict) {
    this.root = root;
    this.variables = variables;
    this.strict = strict;
    this.current = root;
  }

  /** The values to which a part leads. */
  List<Json> items(PathNode node) {
    if (node instanceof PathNode.Condition condition) {
      Boolean truth = holds(condition);
      return List.of(truth == null ? new Json.Null() : new Json.Truth(truth));
    }
    if (node instanceof PathNode.Root) {
      return List.of(root);
    }
    if (node instanceof PathNode.Current) {
      return List.of(current);
    }
    if (node instanceof PathNode.Constant constant) {
      return List.of(constant.value());
    }
    if (node instanceof PathNode.Variable variable) {
      return List.of(variable(variable.name()));
    }
    if (node instanceof PathNode.Last) {
      return List.of(last());
    }
    var found = new ArrayList<Json>();
    if (node instanceof PathNode.Member member) {
      boolean exact = strict && !isBelow(member.of());
      items(member.of()).forEach(value -> member(member.name(), value, exact, found));
    } else if (node instanceof PathNode.Elements elements) {
      boolean exact = strict && !isBelow(elements.of());
      items(elements.of()).forEach(value -> elements(elements.ranges(), value, exact, found));
    } else if (node instanceof PathNode.Below below) {
      items(below.of()).forEach(value -> below(value, 0, below, found));
    } else if (node instanceof PathNode.Filtered filtered) {
      unwrapped(filtered.of()).forEach(value -> filter(value, filtered.condition(), found));
    } else if (node instanceof PathNode.Method method) {
      boolean whole = method.name().equals("size") || method.name().equals("type");
      List<Json> values = whole ? items(method.of()) : unwrapped(method.of());
      values.forEach(value -> found.addAll(PathMethods.call(method.name(), value, strict)));
    } else if (node instanceof PathNode.Signed signed) {
      unwrapped(signed.of()).forEach(value -> found.add(signed(value, signed.negated())));
    } else if (node instanceof PathNode.Arithmetic arithmetic) {
      found.add(result(arithmetic));
    }
    return found;
  }

  private Json variable(String name) {
    Json value = variables.members().get(name);
    if (value == null) {
      throw new CaissonException(
              SqlState.UNDEFINED_NAME, "could not find jsonpath variable \"" + name + "\"")
          .withHint("Values for the variables of a path stand behind PASSING.");
    }
    return value;
  }

  private Json last() {
    if (length < 0) {
      throw new CaissonException(SqlState.SYNTAX_ERROR, "LAST is allowed only in array subscripts");
    }
    return new Json.Numeric(BigDecimal.valueOf(length - 1L));
  }

  /** The values of a part; where the path is lax, the elements of those that are arrays. */
  private List<Json> unwrapped(PathNode node) {
    List<Json> values = items(node);
    if (strict || values.stream().noneMatch(value -> value instanceof Json.Array)) {
      return values;
    }
    var elements = new ArrayList<Json>();
    for (Json value : values) {
      elements.addAll(value instanceof Json.Array array ? array.elements() : List.of(value));
    }
    return elements;
  }

  /** Whether a part goes through all levels: what does not fit on its way is then no error. */
  private static boolean isBelow(PathNode node) {
    if (node instanceof PathNode.Member member) {
      return isBelow(member.of());
    }
    if (node instanceof PathNode.Elements elements) {
      return isBelow(elements.of());
    }
    if (node instanceof PathNode.Filtered filtered) {
      return isBelow(filtered.of());
    }
    return node instanceof PathNode.Below;
  }

  private void member(@Nullable String name, Json value, boolean exact, List<Json> out) {
    if (value instanceof Json.Array array && !strict) {
      for (Json element : array.elements()) {
        if (element instanceof Json.Members) {
          member(name, element, exact, out);
        }
      }
      return;
    }
    if (!(value instanceof Json.Members object)) {
      if (exact) {
        throw name == null
            ? new CaissonException(
                SqlState.JSON_OBJECT_NOT_FOUND,
                "jsonpath wildcard member accessor can only be applied to an object")
            : new CaissonException(
                SqlState.JSON_MEMBER_NOT_FOUND,
                "jsonpath member accessor can only be applied to an object");
      }
      return;
    }
    if (name == null) {
      out.addAll(object.members().values());
      return;
    }
    Json member = object.members().get(name);
    if (member != null) {
      out.add(member);
    } else if (exact) {
      throw new CaissonException(
          SqlState.JSON_MEMBER_NOT_FOUND, "JSON object does not contain key \"" + name + "\"");
    }
  }

  private void elements(List<PathNode.Range> ranges, Json value, boolean exact, List<Json> out) {
    if (exact && !(value instanceof Json.Array)) {
      throw new CaissonException(
          SqlState.JSON_ARRAY_NOT_FOUND,
          ranges.isEmpty()
              ? "jsonpath wildcard array accessor can only be applied to an array"
              : "jsonpath array accessor can only be applied to an array");
    }
    List<Json> elements = value instanceof Json.Array array ? array.elements() : List.of(value);
    if (ranges.isEmpty()) {
      out.addAll(elements);
      return;
    }
    int outer = length;
    length = elements.size();
    try {
      ranges.forEach(range -> within(range, elements, exact, out));
    } finally {
      length = outer;
    }
  }

  private void within(PathNode.Range range, List<Json> elements, boolean exact, List<Json> out) {
    PathNode end = range.to();
    long from = index(range.from());
    long to = end == null ? from : index(end);
    if (exact && (from < 0 || from > to || to >= elements.size())) {
      throw new CaissonException(
          SqlState.INVALID_JSON_SUBSCRIPT, "jsonpath array subscript is out of bounds");
    }
    for (long i = Math.max(from, 0); i <= Math.min(to, elements.size() - 1L); i++) {
      out.add(elements.get((int) i));
    }
  }

  private long index(PathNode node) {
    List<Json> values = items(node);
    if (values.size() != 1 || !(values.get(0) instanceof Json.Numeric number)) {
      throw new CaissonException(
          SqlState.INVALID_JSON_SUBSCRIPT,
          "jsonpath array subscript is not a single numeric value");
    }
    try {
      return number.value().setScale(0, RoundingMode.DOWN).intValueExact();
    } catch (ArithmeticException e) {
      throw new CaissonException(
          SqlState.INVALID_JSON_SUBSCRIPT, "jsonpath array subscript is out of integer range", e);
    }
  }

  private static void below(Json value, int level, PathNode.Below levels, List<Json> out) {
    if (level >= levels.from()) {
      boolean deepest = level <= levels.to();
      if (!deepest) {
        return;
      }
      out.add(value);
    }
    Collection<Json> inner = List.of();
    if (value instanceof Json.Array array) {
      inner = array.elements();
    } else if (value instanceof Json.Members object) {
      inner = object.members().values();
    }
    inner.forEach(each -> below(each, level + 1, levels, out));
  }

  private void filter(Json value, PathNode condition, List<Json> out) {
    Json outer = current;
    current = value;
    try {
      if (Boolean.TRUE.equals(truth(condition))) {
        out.add(value);
      }
    } finally {
      current = outer;
    }
  }

  private static Json signed(Json value, boolean negated) {
    if (!(value instanceof Json.Numeric number)) {
      throw new CaissonException(
          SqlState.NON_NUMERIC_JSON_ITEM,
          "operand of unary jsonpath operator "
              + (negated ? '-' : '+')
              + " is not a numeric value");
    }
    return negated ? new Json.Numeric(number.value().negate()) : number;
  }

  private Json result(PathNode.Arithmetic node) {
    BigDecimal left = operand(node.left(), "left", node.sign());
    BigDecimal right = operand(node.right(), "right", node.sign());
    return new Json.Numeric(
        switch (node.sign()) {
          case '+' -> DecimalArithmetic.add(left, right);
          case '-' -> DecimalArithmetic.subtract(left, right);
          case '*' -> DecimalArithmetic.multiply(left, right);
          case '/' -> DecimalArithmetic.divide(left, right);
          default -> DecimalArithmetic.modulo(left, right);
        });
  }

  private BigDecimal operand(PathNode node, String side, char sign) {
    List<Json> values = unwrapped(node);
    if (values.size() != 1 || !(values.get(0) instanceof Json.Numeric number)) {
      throw new CaissonException(
          SqlState.SINGLETON_JSON_ITEM_REQUIRED,
          side + " operand of jsonpath operator " + sign + " is not a single numeric value");
    }
    return number.value();
  }

  /** Whether what a filter says is true; of what is no condition it is not known. */
  private @Nullable Boolean truth(PathNode node) {
    if (node instanceof PathNode.Condition condition) {
      return holds(condition);
    }
    List<Json> values = items(node);
    if (values.size() == 1 && values.get(0) instanceof Json.Truth truth) {
      return truth.value();
    }
    return null;
  }

  private @Nullable Boolean holds(PathNode.Condition node) {
    if (node instanceof PathNode.Joined joined) {
      Boolean left = truth(joined.left());
      if (left != null && left != joined.both()) {
        return left;
      }
      Boolean right = truth(joined.right());
      if (right != null && right != joined.both()) {
        return right;
      }
      return left == null ? null : right;
    }
    if (node instanceof PathNode.Not not) {
      Boolean inner = truth(not.of());
      return inner == null ? null : !inner;
    }
    if (node instanceof PathNode.IsUnknown unknown) {
      return truth(unknown.of()) == null;
    }
    try {
      if (node instanceof PathNode.Exists exists) {
        return !items(exists.of()).isEmpty();
      }
      if (node instanceof PathNode.Comparison comparison) {
        return anyPair(
            unwrapped(comparison.left()),
            unwrapped(comparison.right()),
            (left, right) -> PathComparison.holds(comparison.sign(), left, right));
      }
      if (node instanceof PathNode.StartsWith starts) {
        return anyPair(
            unwrapped(starts.of()), unwrapped(starts.start()), PathComparison::startsWith);
      }
      var like = (PathNode.LikeRegex) node;
      return anyPair(
          unwrapped(like.of()), List.of(root), (value, none) -> matches(like.pattern(), value));
    } catch (CaissonException e) {
      if (JsonPath.isUnfit(e)) {
        throw e;
      }
      return null; // as in PostgreSQL an error within a condition makes it unknown
    }
  }

  private static @Nullable Boolean matches(Pattern pattern, Json value) {
    if (value instanceof Json.Text text) {
      return pattern.matcher(text.value()).find();
    }
    return null;
  }

  /** A test of two values, which may be unknown. */
  private interface PairTest {
    @Nullable Boolean of(Json left, Json right);
  }

  private @Nullable Boolean anyPair(List<Json> left, List<Json> right, PairTest test) {
    boolean unknown = false;
    boolean found = false;
    for (Json one : left) {
      for (Json other : right) {
        Boolean result = test.of(one, other);
        if (result == null && strict) {
          return null;
        }
        unknown |= result == null;
        found |= Boolean.TRUE.equals(result);
        if (found && !strict) {
          return true;
        }
      }
    }
    if (found || !unknown) {
      return found;
    }
    return null;
  }
}

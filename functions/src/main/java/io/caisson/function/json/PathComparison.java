package io.caisson.function.json;

import io.caisson.type.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of scalars in a path; of values that can't be compared they are unknown. Stateless.
 */
final class PathComparison {
  private PathComparison() {}

  static @Nullable Boolean holds(String sign, Json left, Json right) {
    boolean oneIsNull = left instanceof Json.Null || right instanceof Json.Null;
    if (oneIsNull && !left.equals(right)) {
      return sign.equals("<>");
    }
    Integer order = order(left, right);
    if (order == null) {
      return null;
    }
    return switch (sign) {
      case "==" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static @Nullable Integer order(Json left, Json right) {
    if (left instanceof Json.Null && right instanceof Json.Null) {
      return 0;
    }
    if (left instanceof Json.Numeric a && right instanceof Json.Numeric b) {
      return a.value().compareTo(b.value());
    }
    if (left instanceof Json.Text a && right instanceof Json.Text b) {
      return a.value().compareTo(b.value());
    }
    if (left instanceof Json.Truth a && right instanceof Json.Truth b) {
      return Boolean.compare(a.value(), b.value());
    }
    return null;
  }

  static @Nullable Boolean startsWith(Json value, Json start) {
    if (value instanceof Json.Text text && start instanceof Json.Text prefix) {
      return text.value().startsWith(prefix.value());
    }
    return null;
  }
}

package io.caisson.engine.record;

import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Compares the values of fields whose types nobody declared: numbers by value, then text, booleans,
 * the rest; null last.
 */
final class FieldOrder implements Comparator<@Nullable Object> {
  static final FieldOrder INSTANCE = new FieldOrder();

  private FieldOrder() {}

  @Override
  public int compare(@Nullable Object left, @Nullable Object right) {
    int rank = Integer.compare(rank(left), rank(right));
    if (rank != 0 || left == null || right == null) {
      return rank;
    }
    if (left instanceof Number a && right instanceof Number b) {
      return compareNumbers(a, b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    return left.toString().compareTo(right.toString());
  }

  /** Whether two values are the same, numbers by value. */
  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return compareNumbers(a, b) == 0;
    }
    return java.util.Objects.equals(left, right);
  }

  private static int rank(@Nullable Object value) {
    if (value == null) {
      return 4;
    }
    if (value instanceof Number) {
      return 0;
    }
    if (value instanceof String) {
      return 1;
    }
    return value instanceof Boolean ? 2 : 3;
  }

  private static int compareNumbers(Number left, Number right) {
    if (isWhole(left) && isWhole(right)) {
      return Long.compare(left.longValue(), right.longValue());
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    if (Double.isFinite(a) && Double.isFinite(b)) {
      return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
    }
    return Double.compare(a, b);
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte;
  }
}

package io.caisson.sql.runtime;

import io.caisson.function.operator.Comparison;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How values compare, as views compare them: text by its code points, NaN above all numbers, zero
 * equal to minus zero, numbers by their value whatever their scale. Stateless.
 */
final class ValueOrder {
  private ValueOrder() {}

  /** Compares two values of one type. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // values of one type compare with each other
  static int compare(Object a, Object b) {
    if (a instanceof String left && b instanceof String right) {
      return Comparison.compare(left, right);
    }
    if (isFloating(a) && isFloating(b)) {
      double left = ((Number) a).doubleValue();
      double right = ((Number) b).doubleValue();
      return left == right ? 0 : Double.compare(left, right);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return compareAll(left, right);
    }
    if (a instanceof Object[] left && b instanceof Object[] right) {
      return compareAll(Arrays.asList(left), Arrays.asList(right));
    }
    return ((Comparable) a).compareTo(b);
  }

  /**
   * As {@link #compare}, but equal values that are written in different ways come in an order too.
   */
  static int compareForms(Object a, Object b) {
    int order = compare(a, b);
    if (order == 0 && a instanceof BigDecimal left && b instanceof BigDecimal right) {
      return Integer.compare(left.scale(), right.scale());
    }
    if (order == 0 && isFloating(a) && isFloating(b)) {
      return Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
    }
    return order == 0 && a instanceof Interval left && b instanceof Interval right
        ? Arrays.compareUnsigned(Interval.encode(left), Interval.encode(right))
        : order;
  }

  /**
   * The order of rows in which views have those that nothing else tells apart: by their first
   * fields, NULLs last, and minus zero before zero.
   */
  static int compareRows(@Nullable Object[] left, @Nullable Object[] right, int width) {
    int order = 0;
    for (int i = 0; i < width && order == 0; i++) {
      Object a = left[i];
      Object b = right[i];
      if (a == null || b == null) {
        order = Boolean.compare(a == null, b == null);
      } else if (isFloating(a) && isFloating(b)) {
        order = Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
      } else {
        order = compareForms(a, b);
      }
    }
    return order;
  }

  private static int compareAll(List<?> left, List<?> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      Object a = left.get(i);
      Object b = right.get(i);
      int order = a == null || b == null ? Boolean.compare(a == null, b == null) : compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static boolean isFloating(Object value) {
    return value instanceof Double || value instanceof Float;
  }

  /** What is equal for equal values, and only for those. */
  static @Nullable Object key(@Nullable Object value) {
    if (value instanceof Double number) {
      return number == 0 ? 0.0 : number;
    }
    if (value instanceof Float number) {
      return number == 0 ? 0.0f : number;
    }
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
    return value instanceof Object[] row ? key(row) : value;
  }

  /** What is equal for equal rows, and only for those. */
  static List<@Nullable Object> key(@Nullable Object[] row) {
    @Nullable Object[] keys = new Object[row.length];
    for (int i = 0; i < row.length; i++) {
      keys[i] = key(row[i]);
    }
    return Arrays.asList(keys);
  }

  /** The key of some of a row's fields. */
  static List<@Nullable Object> key(@Nullable Object[] row, int[] fields) {
    @Nullable Object[] keys = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      keys[i] = key(row[fields[i]]);
    }
    return Arrays.asList(keys);
  }
}

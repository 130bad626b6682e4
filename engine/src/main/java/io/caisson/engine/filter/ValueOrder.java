package io.caisson.engine.filter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the values of fields whose types nobody declared: numbers by value, then text, booleans,
 * the rest; null last. Stateless.
 */
public final class ValueOrder implements Comparator<@Nullable Object> {
  /** The order. */
  public static final ValueOrder INSTANCE = new ValueOrder();

  private static final int OTHERS = 3;
  private static final int NULL = 4;

  private ValueOrder() {}

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
    return compareTexts(left.toString(), right.toString());
  }

  /** By code points, which is the order of UTF-8 bytes, not of Java's half characters. */
  private static int compareTexts(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether two values are the same, numbers by value. */
  public static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return compareNumbers(a, b) == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return sameLists(a, b);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return sameMaps(a, b);
    }
    return Objects.equals(left, right);
  }

  private static boolean sameLists(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMaps(Map<?, ?> left, Map<?, ?> right) {
    return left.keySet().equals(right.keySet())
        && left.keySet().stream().allMatch(name -> same(left.get(name), right.get(name)));
  }

  /** Whether two values are of a kind that has an order: numbers, text or booleans. */
  static boolean comparable(@Nullable Object left, @Nullable Object right) {
    return rank(left) < OTHERS && rank(left) == rank(right);
  }

  private static int rank(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof Number) {
      return 0;
    }
    if (value instanceof String) {
      return 1;
    }
    return value instanceof Boolean ? 2 : OTHERS;
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

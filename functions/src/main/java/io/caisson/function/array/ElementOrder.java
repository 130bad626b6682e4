package io.caisson.function.array;

import io.caisson.function.operator.Comparison;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of an array's elements, which is that of values of their type. Stateless. */
public final class ElementOrder {
  /** NULL behind everything else. */
  public static final Comparator<@Nullable Object> NULLS_LAST =
      (a, b) -> {
        if (a == null || b == null) {
          return a == b ? 0 : a == null ? 1 : -1;
        }
        return compare(a, b);
      };

  private ElementOrder() {}

  /** Less than, equal to or greater than zero as the first is before the second. */
  public static int compare(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return Comparison.compare(x, y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      return Long.compare(Comparison.sortKey(x), Comparison.sortKey(y));
    }
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y);
    }
    if (a instanceof Interval x && b instanceof Interval y) {
      return x.compareTo(y);
    }
    return a instanceof Boolean x && b instanceof Boolean y
        ? Boolean.compare(x, y)
        : Arrays.compareUnsigned((byte[]) a, (byte[]) b);
  }

  /** Whether two elements are the same; NULL is itself. */
  public static boolean same(@Nullable Object a, @Nullable Object b) {
    return NULLS_LAST.compare(a, b) == 0;
  }
}

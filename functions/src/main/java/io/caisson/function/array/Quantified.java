package io.caisson.function.array;

import io.caisson.type.SqlArray;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of a value with any or all elements of an array, in SQL's three truths. Stateless.
 */
public final class Quantified {
  private Quantified() {}

  /** TRUE where an element passes, else NULL where one is NULL. */
  public static @Nullable Boolean any(Object value, SqlArray array, IntPredicate passes) {
    return decided(value, array, passes, true);
  }

  /** FALSE where an element does not pass, else NULL where one is NULL. */
  public static @Nullable Boolean all(Object value, SqlArray array, IntPredicate passes) {
    return decided(value, array, passes, false);
  }

  private static @Nullable Boolean decided(
      Object value, SqlArray array, IntPredicate passes, boolean decides) {
    boolean unknown = false;
    for (Object element : array.elements()) {
      if (element == null) {
        unknown = true;
      } else if (passes.test(ElementOrder.compare(value, element)) == decides) {
        return decides;
      }
    }
    return unknown ? null : !decides;
  }
}

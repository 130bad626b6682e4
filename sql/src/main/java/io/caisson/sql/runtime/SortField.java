package io.caisson.sql.runtime;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that rows are sorted by. Immutable.
 *
 * @param field its position
 * @param descending whether the greatest comes first
 * @param nullsFirst whether NULL comes before all values
 */
public record SortField(int field, boolean descending, boolean nullsFirst) {
  /** Sorts rows by some fields. */
  static Comparator<@Nullable Object[]> order(List<SortField> fields) {
    return (a, b) -> {
      for (SortField field : fields) {
        int order = field.compare(a[field.field], b[field.field]);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  /** As values are sorted, NULL last; equal values that are written in different ways too. */
  static int compareForms(@Nullable Object a, @Nullable Object b) {
    return a == null || b == null
        ? Boolean.compare(a == null, b == null)
        : ValueOrder.compareForms(a, b);
  }

  private int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      if (a == b) {
        return 0;
      }
      return (a == null) == nullsFirst ? -1 : 1;
    }
    int order = ValueOrder.compare(a, b);
    return descending ? -order : order;
  }
}

package io.caisson.function.array;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Elements looked for in arrays. Stateless. */
public final class ArraySearch {
  private ArraySearch() {}

  /** The subscripts of all elements that are the same as the given one. */
  public static List<Long> positions(SqlArray array, @Nullable Object element) {
    var positions = new ArrayList<Long>();
    List<? extends @Nullable Object> elements = array.elements();
    for (int i = 0; i < elements.size(); i++) {
      if (ElementOrder.same(elements.get(i), element)) {
        positions.add(i + 1L);
      }
    }
    return positions;
  }

  /** Whether each element of the second equals one of the first; NULL equals nothing here. */
  public static boolean contains(SqlArray array, SqlArray wanted) {
    var there = set(array);
    return wanted.elements().stream().allMatch(each -> each != null && there.contains(each));
  }

  /** Whether an element of the first equals one of the second; NULL equals nothing here. */
  public static boolean overlaps(SqlArray a, SqlArray b) {
    var there = set(a);
    return b.elements().stream().anyMatch(each -> each != null && there.contains(each));
  }

  private static Set<Object> set(SqlArray array) {
    var set = new TreeSet<Object>(ElementOrder::compare);
    for (Object element : array.elements()) {
      if (element != null) {
        set.add(element);
      }
    }
    return set;
  }

  /** An element that must not be NULL, a whole number. */
  public static long number(@Nullable Object element) {
    if (element instanceof Long number) {
      return number;
    }
    throw new CaissonException(SqlState.NULL_NOT_ALLOWED, "dimension values cannot be null");
  }
}

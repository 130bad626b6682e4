package io.caisson.function.array;

import io.caisson.type.SqlArray;

/** Comparison of whole arrays, as functions. Stateless. */
public final class ArrayComparison {
  private ArrayComparison() {}

  /** Less than, equal to or greater than zero as the first array is before the second. */
  public static long compare(SqlArray a, SqlArray b) {
    return a.compareTo(b);
  }

  /** The one array that stands for all that equal the given one. */
  public static SqlArray key(SqlArray array) {
    return array.key();
  }
}

package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of a column's values in a block, NULLs apart, by which a reader skips blocks. Immutable.
 */
public sealed interface ColumnRange {
  /** How many bytes of a string its bounds keep. */
  int PREFIX_BYTES = 32;

  /**
   * Bounds of integers.
   *
   * @param min the smallest value
   * @param max the largest value
   */
  record Longs(long min, long max) implements ColumnRange {}

  /**
   * Bounds of floating-point numbers in the order of {@link Double#compare}: NaN is the largest.
   *
   * @param min the smallest value
   * @param max the largest value
   */
  record Doubles(double min, double max) implements ColumnRange {}

  /**
   * Bounds of byte strings in the order of unsigned bytes. Long strings are cut, so the bounds may
   * be no values of the column, but no value lies outside.
   *
   * @param min no value is smaller
   * @param max no value is larger
   */
  record Strings(byte[] min, byte[] max) implements ColumnRange {}

  /** The range of rows of a column, empty where all are NULL. */
  static Optional<ColumnRange> of(LongColumn column, int from, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    boolean found = false;
    for (int row = from; row < from + count; row++) {
      if (!column.isNull(row)) {
        found = true;
        min = Math.min(min, column.value(row));
        max = Math.max(max, column.value(row));
      }
    }
    return found ? Optional.of(new Longs(min, max)) : Optional.empty();
  }

  /** The range of rows of a column, empty where all are NULL. */
  static Optional<ColumnRange> of(DoubleColumn column, int from, int count) {
    double min = 0;
    double max = 0;
    boolean found = false;
    for (int row = from; row < from + count; row++) {
      if (!column.isNull(row)) {
        double value = column.value(row);
        min = !found || Double.compare(value, min) < 0 ? value : min;
        max = !found || Double.compare(value, max) > 0 ? value : max;
        found = true;
      }
    }
    return found ? Optional.of(new Doubles(min, max)) : Optional.empty();
  }

  /**
   * The range of rows of a column, empty where all are NULL or no short upper bound exists.
   *
   * @param rows the positions to look at, or null for {@code count} rows from {@code from} on
   */
  static Optional<ColumnRange> of(BytesColumn column, int from, int count, int @Nullable [] rows) {
    int min = -1;
    int max = -1;
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[i];
      if (!column.isNull(row)) {
        min = min < 0 || compare(column, row, min) < 0 ? row : min;
        max = max < 0 || compare(column, row, max) > 0 ? row : max;
      }
    }
    if (min < 0) {
      return Optional.empty();
    }
    byte[] upper = upperBound(column, max);
    return upper == null ? Optional.empty() : Optional.of(new Strings(prefix(column, min), upper));
  }

  private static int compare(BytesColumn column, int left, int right) {
    byte[] bytes = column.bytes();
    int[] offsets = column.offsets();
    return Arrays.compareUnsigned(
        bytes, offsets[left], offsets[left + 1], bytes, offsets[right], offsets[right + 1]);
  }

  private static byte[] prefix(BytesColumn column, int row) {
    int start = column.start(row);
    return Arrays.copyOfRange(
        column.bytes(), start, start + Math.min(column.length(row), PREFIX_BYTES));
  }

  private static byte @Nullable [] upperBound(BytesColumn column, int row) {
    byte[] prefix = prefix(column, row);
    if (column.length(row) <= PREFIX_BYTES) {
      return prefix;
    }
    for (int last = PREFIX_BYTES - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xFF) {
        prefix[last]++;
        return Arrays.copyOf(prefix, last + 1);
      }
    }
    return null;
  }
}

package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.TypeKind;
import java.util.Arrays;

/**
 * The smallest or the largest value so far, or none. Doubles as PostgreSQL orders them: NaN is the
 * largest; -0 is before 0, so that the order of rows does not show. Byte strings by their bytes.
 * For one thread.
 */
final class Extremum {
  private final boolean largest;
  private final KeptValue value;

  Extremum(TypeKind.Physical kind, boolean largest) {
    this.largest = largest;
    this.value = new KeptValue(kind);
  }

  /** Takes over a value of a column, not NULL, where it is better. */
  void offer(Column column, int row) {
    if (!value.isPresent() || isBetter(column, row)) {
      value.set(column, row);
    }
  }

  private boolean isBetter(Column column, int row) {
    int order = value.compareTo(column, row);
    return largest ? order < 0 : order > 0;
  }

  /** Whether a value of a column is better than another one of a column of the same kind. */
  static boolean isBetter(
      boolean largest, Column column, int row, Column otherColumn, int otherRow) {
    int order;
    if (column instanceof LongColumn c && otherColumn instanceof LongColumn o) {
      order = Long.compare(c.value(row), o.value(otherRow));
    } else if (column instanceof DoubleColumn c && otherColumn instanceof DoubleColumn o) {
      order = Double.compare(c.value(row), o.value(otherRow));
    } else {
      var c = (BytesColumn) column;
      var o = (BytesColumn) otherColumn;
      order =
          Arrays.compareUnsigned(
              c.bytes(),
              c.start(row),
              c.start(row) + c.length(row),
              o.bytes(),
              o.start(otherRow),
              o.start(otherRow) + o.length(otherRow));
    }
    return largest ? order > 0 : order < 0;
  }

  /** The value. */
  KeptValue value() {
    return value;
  }
}

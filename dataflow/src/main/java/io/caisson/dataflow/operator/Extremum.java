package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.type.TypeKind;
import java.util.Arrays;

/**
 * The smallest or the largest value so far, or none. Doubles as PostgreSQL orders them: NaN is the
 * largest; -0 is before 0, so that the order of rows does not show. Byte strings by their bytes.
 * For one thread.
 */
final class Extremum {
  private final TypeKind.Physical kind;
  private final boolean largest;
  private boolean present;
  private long longValue;
  private double doubleValue;
  private byte[] bytes = new byte[64];
  private int length;

  Extremum(TypeKind.Physical kind, boolean largest) {
    this.kind = kind;
    this.largest = largest;
  }

  void clear() {
    present = false;
  }

  /** Takes over a value of a column, not NULL, where it is better. */
  void offer(Column column, int row) {
    if (!present || isBetter(column, row)) {
      set(column, row);
    }
  }

  private boolean isBetter(Column column, int row) {
    int order;
    if (column instanceof LongColumn c) {
      order = Long.compare(c.value(row), longValue);
    } else if (column instanceof DoubleColumn c) {
      order = Double.compare(c.value(row), doubleValue);
    } else {
      var c = (BytesColumn) column;
      int start = c.start(row);
      order = Arrays.compareUnsigned(c.bytes(), start, start + c.length(row), bytes, 0, length);
    }
    return largest ? order > 0 : order < 0;
  }

  private void set(Column column, int row) {
    present = true;
    if (column instanceof LongColumn c) {
      longValue = c.value(row);
    } else if (column instanceof DoubleColumn c) {
      doubleValue = c.value(row);
    } else if (column instanceof BytesColumn c) {
      setBytes(c.bytes(), c.start(row), c.length(row));
    }
  }

  private void setBytes(byte[] source, int start, int newLength) {
    length = newLength;
    if (bytes.length < length) {
      bytes = new byte[length * 2];
    }
    System.arraycopy(source, start, bytes, 0, length);
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

  void read(RowReader state) {
    present = !state.takeNull();
    if (present) {
      switch (kind) {
        case LONG -> longValue = state.takeLong();
        case DOUBLE -> doubleValue = state.takeDouble();
        case BYTES -> {
          state.takeBytes();
          setBytes(state.value(), state.valueStart(), state.valueLength());
        }
      }
    }
  }

  void write(RowBuffer state) {
    if (!present) {
      state.appendNull();
      return;
    }
    switch (kind) {
      case LONG -> state.appendLong(longValue);
      case DOUBLE -> state.appendDouble(doubleValue);
      case BYTES -> state.appendBytes(bytes, 0, length);
    }
  }

  void emit(ColumnBuilder out) {
    if (!present) {
      out.addNull();
      return;
    }
    switch (kind) {
      case LONG -> out.addLong(longValue);
      case DOUBLE -> out.addDouble(doubleValue);
      case BYTES -> out.addBytes(bytes, 0, length);
    }
  }
}

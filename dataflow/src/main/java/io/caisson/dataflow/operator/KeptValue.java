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

/** A value that an aggregate keeps in its groups' state, or none. For one thread. */
final class KeptValue {
  private final TypeKind.Physical kind;
  private boolean present;
  private long longValue;
  private double doubleValue;
  private byte[] bytes = new byte[64];
  private int length;

  KeptValue(TypeKind.Physical kind) {
    this.kind = kind;
  }

  boolean isPresent() {
    return present;
  }

  void clear() {
    present = false;
  }

  void setLong(long value) {
    present = true;
    longValue = value;
  }

  void setDouble(double value) {
    present = true;
    doubleValue = value;
  }

  void setBytes(byte[] source, int start, int newLength) {
    present = true;
    length = newLength;
    if (bytes.length < length) {
      bytes = new byte[(int) Math.min(2L * length, Integer.MAX_VALUE - 16)];
    }
    System.arraycopy(source, start, bytes, 0, length);
  }

  /** Takes over a value of a column, not NULL. */
  void set(Column column, int row) {
    if (column instanceof LongColumn c) {
      setLong(c.value(row));
    } else if (column instanceof DoubleColumn c) {
      setDouble(c.value(row));
    } else if (column instanceof BytesColumn c) {
      setBytes(c.bytes(), c.start(row), c.length(row));
    }
  }

  /** Takes over what another one of the kind keeps. */
  void set(KeptValue other) {
    present = other.present;
    longValue = other.longValue;
    doubleValue = other.doubleValue;
    if (present && kind == TypeKind.Physical.BYTES) {
      setBytes(other.bytes, 0, other.length);
    }
  }

  /** Compares the value, which is there, with one of a column, which is not NULL. */
  int compareTo(Column column, int row) {
    if (column instanceof LongColumn c) {
      return Long.compare(longValue, c.value(row));
    }
    if (column instanceof DoubleColumn c) {
      return Double.compare(doubleValue, c.value(row));
    }
    var c = (BytesColumn) column;
    int start = c.start(row);
    return Arrays.compareUnsigned(bytes, 0, length, c.bytes(), start, start + c.length(row));
  }

  /** Takes over the next value of a row. */
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

  /** The bytes that it keeps; none where nothing is. */
  byte[] copy() {
    return present ? Arrays.copyOf(bytes, length) : new byte[0];
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

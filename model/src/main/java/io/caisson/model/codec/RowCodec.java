package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.function.Supplier;

/**
 * Single rows as values of the store. A row knows which columns it has, so that columns may be
 * added behind the last one later: rows from before read them as NULL. Immutable and thread-safe.
 *
 * <pre>
 * format (1) = 1 | columns (varint) | two bits a column: 0 NULL, 1 LONG, 2 DOUBLE, 3 BYTES
 * then the values that are not NULL: LONG signed varint, DOUBLE 8 bytes, BYTES sized
 * </pre>
 */
public final class RowCodec {
  private static final int FORMAT = 1;
  private static final int MOST_COLUMNS = 1 << 16;

  private final int[] columns;
  private final TypeKind.Physical[] physicals;

  /**
   * A codec of some columns of wider rows.
   *
   * @param types the types of the wider rows
   * @param columns positions of the columns to keep, in the order in which they are kept
   */
  public RowCodec(List<SqlType> types, List<Integer> columns) {
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.physicals =
        columns.stream().map(i -> types.get(i).physical()).toArray(TypeKind.Physical[]::new);
  }

  /** Writes the kept columns of a row. */
  public byte[] encode(Columns rows, int row) {
    var out = new ByteWriter();
    out.putByte(FORMAT);
    out.putVarint(columns.length);
    for (int first = 0; first < columns.length; first += 4) {
      int tags = 0;
      for (int i = first; i < Math.min(first + 4, columns.length); i++) {
        tags |= tag(rows.column(columns[i]), row) << (2 * (i - first));
      }
      out.putByte(tags);
    }
    for (int position : columns) {
      put(rows.column(position), row, out);
    }
    return out.toBytes();
  }

  private static int tag(Column column, int row) {
    return column.isNull(row) ? 0 : tag(column.physical());
  }

  private static int tag(TypeKind.Physical physical) {
    return switch (physical) {
      case LONG -> 1;
      case DOUBLE -> 2;
      case BYTES -> 3;
    };
  }

  private static void put(Column column, int row, ByteWriter out) {
    if (column.isNull(row)) {
      return;
    }
    if (column instanceof LongColumn longs) {
      out.putSigned(longs.value(row));
    } else if (column instanceof DoubleColumn doubles) {
      out.putDouble(doubles.value(row));
    } else if (column instanceof BytesColumn bytes) {
      out.putSized(bytes.bytes(), bytes.start(row), bytes.length(row));
    }
  }

  /**
   * Reads a row and adds its columns to the builder, at the positions they were taken from.
   *
   * @param value what {@link #encode} wrote
   * @param target collects the rows
   * @param place says where the bytes come from, for the error that they are damaged
   */
  public void decode(byte[] value, ColumnsBuilder target, Supplier<String> place) {
    try {
      var in = new ByteReader(value);
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("unknown format " + format + " of a row");
      }
      int kept = in.readCount(MOST_COLUMNS);
      if (kept > columns.length) {
        throw new IllegalArgumentException(kept + " columns of " + columns.length);
      }
      int tagStart = in.skip((kept + 3) >> 2);
      for (int i = 0; i < columns.length; i++) {
        int tag = i < kept ? (value[tagStart + (i >> 2)] >> (2 * (i & 3))) & 3 : 0;
        add(tag, physicals[i], in, target.column(columns[i]));
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
      throw Corruption.of(place.get(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void add(
      int tag, TypeKind.Physical physical, ByteReader in, ColumnBuilder target) {
    if (tag == 0) {
      target.addNull();
      return;
    }
    if (tag != tag(physical)) {
      throw new IllegalArgumentException("a value of another type");
    }
    switch (physical) {
      case LONG -> target.addLong(in.readSigned());
      case DOUBLE -> target.addDouble(in.readDouble());
      case BYTES -> {
        int length = in.readCount(in.remaining());
        target.addBytes(in.array(), in.skip(length), length);
      }
    }
  }
}

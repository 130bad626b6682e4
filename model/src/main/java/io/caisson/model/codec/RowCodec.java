package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.TypeKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Single rows as values of the store. Values are known by the numbers of their columns, which are
 * never used again: a value of a column that is gone is passed over, and a column that is newer
 * than the row reads as what was said when it was added. Immutable and thread-safe.
 *
 * <pre>
 * format (1) = 2 | numbers (varint): one more than the greatest that the writer knew
 * two bits for each number: 0 NULL or none, 1 LONG, 2 DOUBLE, 3 BYTES
 * then the values that are not NULL: LONG signed varint, DOUBLE 8 bytes, BYTES sized
 * </pre>
 *
 * In format 1 the bits counted places among the columns outside of the primary key; at that time
 * columns' numbers were their places among all columns.
 */
public final class RowCodec {
  private static final int FORMAT = 2;
  private static final int FORMAT_OF_PLACES = 1;
  private static final int MOST_NUMBERS = 1 << 16;
  private static final int NONE = -1;

  private final Stored[] columns;
  private final int[] columnOfNumber;
  private final int[] elsewhere;

  /**
   * A column that is kept.
   *
   * @param number its number
   * @param position its position in rows in memory
   * @param physical its form
   * @param missing what rows hold that are older than the column: a Long, a Double, a ByteBuffer,
   *     or null for NULL
   */
  public record Stored(
      int number, int position, TypeKind.Physical physical, @Nullable Object missing) {}

  /**
   * A codec of some columns of wider rows.
   *
   * @param columns the columns to keep
   * @param elsewhere numbers of columns that are kept outside of the value, in the key
   */
  public RowCodec(List<Stored> columns, List<Integer> elsewhere) {
    this.columns = columns.toArray(Stored[]::new);
    int numbers = columns.stream().mapToInt(Stored::number).max().orElse(NONE) + 1;
    this.columnOfNumber = new int[numbers];
    Arrays.fill(columnOfNumber, NONE);
    for (int i = 0; i < this.columns.length; i++) {
      columnOfNumber[this.columns[i].number()] = i;
    }
    this.elsewhere = elsewhere.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Writes the kept columns of a row. */
  public byte[] encode(Columns rows, int row) {
    var out = new ByteWriter();
    out.putByte(FORMAT);
    out.putVarint(columnOfNumber.length);
    for (int first = 0; first < columnOfNumber.length; first += 4) {
      int tags = 0;
      for (int i = first; i < Math.min(first + 4, columnOfNumber.length); i++) {
        if (columnOfNumber[i] != NONE) {
          tags |= tag(rows.column(columns[columnOfNumber[i]].position()), row) << (2 * (i - first));
        }
      }
      out.putByte(tags);
    }
    for (int column : columnOfNumber) {
      if (column != NONE) {
        put(rows.column(columns[column].position()), row, out);
      }
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
      decode(value, target);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
      throw Corruption.of(place.get(), String.valueOf(e.getMessage()), e);
    }
  }

  private void decode(byte[] value, ColumnsBuilder target) {
    var in = new ByteReader(value);
    int format = in.readByte();
    if (format != FORMAT && format != FORMAT_OF_PLACES) {
      throw new IllegalArgumentException("unknown format " + format + " of a row");
    }
    int kept = in.readCount(MOST_NUMBERS);
    int tagStart = in.skip((kept + 3) >> 2);
    boolean[] read = new boolean[columns.length];
    for (int i = 0; i < kept; i++) {
      int tag = (value[tagStart + (i >> 2)] >> (2 * (i & 3))) & 3;
      int number = format == FORMAT ? i : numberOfPlace(i);
      int column = number < columnOfNumber.length ? columnOfNumber[number] : NONE;
      if (column == NONE) {
        pass(tag, in);
      } else {
        add(tag, columns[column].physical(), in, target.column(columns[column].position()));
        read[column] = true;
      }
    }
    if (in.remaining() > 0) {
      throw new IllegalArgumentException(in.remaining() + " bytes too many");
    }
    for (int i = 0; i < columns.length; i++) {
      if (!read[i]) {
        addMissing(columns[i], target.column(columns[i].position()));
      }
    }
  }

  private int numberOfPlace(int place) {
    int number = place;
    for (int other : elsewhere) {
      number += other <= number ? 1 : 0;
    }
    return number;
  }

  /** Passes over a value of a column that is gone. */
  private static void pass(int tag, ByteReader in) {
    switch (tag) {
      case 1 -> in.readSigned();
      case 2 -> in.readDouble();
      case 3 -> in.skip(in.readCount(in.remaining()));
      default -> {}
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

  private static void addMissing(Stored column, ColumnBuilder target) {
    Object missing = column.missing();
    if (missing instanceof Long number) {
      target.addLong(number);
    } else if (missing instanceof Double number) {
      target.addDouble(number);
    } else if (missing instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      target.addBytes(bytes, 0, bytes.length);
    } else {
      target.addNull();
    }
  }
}

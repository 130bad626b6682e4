package io.caisson.column;

import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of one column. For one thread; {@link #build()} hands the arrays over and
 * starts anew.
 */
public final class ColumnBuilder {
  private static final int FIRST_CAPACITY = 64;

  private final TypeKind.Physical physical;
  private long[] longs = new long[0];
  private double[] doubles = new double[0];
  private byte[] bytes = new byte[0];
  private int[] offsets = new int[1];
  private long @Nullable [] nulls;
  private int size;

  /** A builder for a column of a physical form. */
  public ColumnBuilder(TypeKind.Physical physical) {
    this.physical = physical;
  }

  /** How many rows it has collected. */
  public int size() {
    return size;
  }

  /** How many bytes the collected values take, about. */
  public long byteSize() {
    return physical == TypeKind.Physical.BYTES ? offsets[size] + 4L * size : 8L * size;
  }

  /** Adds a NULL. */
  public void addNull() {
    nulls = Nulls.set(nulls, size);
    switch (physical) {
      case LONG -> addLong(0);
      case DOUBLE -> addDouble(0);
      case BYTES -> addBytes(bytes, 0, 0);
    }
  }

  /** Adds a row to a LONG column. */
  public void addLong(long value) {
    if (size == longs.length) {
      longs = Arrays.copyOf(longs, Math.max(FIRST_CAPACITY, size * 2));
    }
    longs[size++] = value;
  }

  /** Adds a row to a DOUBLE column. */
  public void addDouble(double value) {
    if (size == doubles.length) {
      doubles = Arrays.copyOf(doubles, Math.max(FIRST_CAPACITY, size * 2));
    }
    doubles[size++] = value;
  }

  /** Adds a row to a BYTES column. */
  public void addBytes(byte[] source, int start, int length) {
    int begin = offsets[size];
    int end = Math.addExact(begin, length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(FIRST_CAPACITY * 8, bytes.length * 2)));
    }
    System.arraycopy(source, start, bytes, begin, length);
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(FIRST_CAPACITY, offsets.length * 2));
    }
    offsets[++size] = end;
  }

  /** Adds a row of all bytes of an array to a BYTES column. */
  public void addBytes(byte[] source) {
    addBytes(source, 0, source.length);
  }

  /** Adds a row of text to a BYTES column. */
  public void addText(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    addBytes(utf8, 0, utf8.length);
  }

  /**
   * Adds a value in physical form.
   *
   * @param value a Long, Double, String or byte[] as the column holds it, or null for NULL
   */
  public void addPhysical(@Nullable Object value) {
    if (value == null) {
      addNull();
    } else if (value instanceof Long number) {
      addLong(number);
    } else if (value instanceof Double number) {
      addDouble(number);
    } else if (value instanceof String text) {
      addText(text);
    } else {
      byte[] constant = (byte[]) value;
      addBytes(constant, 0, constant.length);
    }
  }

  /** Adds a row of another column of the same physical form, NULL included. */
  public void addFrom(Column column, int row) {
    if (column.isNull(row)) {
      addNull();
    } else if (column instanceof LongColumn c) {
      addLong(c.value(row));
    } else if (column instanceof DoubleColumn c) {
      addDouble(c.value(row));
    } else if (column instanceof BytesColumn c) {
      addBytes(c.bytes(), c.start(row), c.length(row));
    }
  }

  /** The column of all rows added since the last call. */
  public Column build() {
    int rows = size;
    long[] nullBits = nulls;
    size = 0;
    nulls = null;
    switch (physical) {
      case LONG -> {
        long[] values = longs;
        longs = new long[0];
        return new LongColumn(values, nullBits, rows);
      }
      case DOUBLE -> {
        double[] values = doubles;
        doubles = new double[0];
        return new DoubleColumn(values, nullBits, rows);
      }
      default -> {
        var column = new BytesColumn(bytes, offsets, nullBits, rows);
        bytes = new byte[0];
        offsets = new int[1];
        return column;
      }
    }
  }
}

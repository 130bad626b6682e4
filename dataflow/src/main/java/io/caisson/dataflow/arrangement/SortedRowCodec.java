package io.caisson.dataflow.arrangement;

import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes whole rows behind a key of some of their columns, each of which sorts the rows upwards or
 * downwards, with NULLs on either side:
 *
 * <pre>
 *   key columns │ the whole row, as {@link RowCodec#ofRows} encodes it
 *
 *   ascending    a value as {@link RowBuffer} draws it: 18–31
 *   descending   the same with every bit turned: CE–E7
 *   NULL         01 where it comes first, FE where it comes last
 * </pre>
 *
 * Values that SQL takes for equal are one key: -0 is 0, and 1.0 is 1.00. No key's bytes are the
 * beginning of another's. For one thread, because it works in arrays of its own.
 */
public final class SortedRowCodec {
  private static final int NULL_FIRST = 0x01;
  private static final int NULL_LAST = 0xFE;

  /** No element of a key begins with this byte, and all values' come behind it. */
  private static final int BEFORE_VALUES = 0x02;

  /** Numbers below zero have this tag and smaller ones, the longer the smaller. */
  private static final int NEGATIVE_TAG = RowBuffer.ZERO_TAG - 1;

  private final RowCodec rows;
  private final KeyColumn[] key;
  private final int walked;
  private final int[] starts;
  private final RowReader reader = new RowReader();

  /**
   * What rows are sorted by.
   *
   * @param column position of the column
   * @param descending whether great values come first
   * @param nullsFirst whether NULL comes before all values
   */
  public record KeyColumn(int column, boolean descending, boolean nullsFirst) {}

  /** A codec of rows whose columns have these types. */
  public SortedRowCodec(List<SqlType> types, List<KeyColumn> key) {
    rows = RowCodec.ofRows(types);
    this.key = key.toArray(KeyColumn[]::new);
    walked = key.stream().mapToInt(KeyColumn::column).max().orElse(-1) + 1;
    starts = new int[walked + 1];
  }

  /** The codec of the whole rows. */
  public RowCodec rows() {
    return rows;
  }

  /**
   * Writes a row behind its key, without completing it.
   *
   * @param row an encoded whole row
   */
  public void encode(byte[] row, int start, int end, RowBuffer out) {
    reader.reset(row, start);
    for (int column = 0; column < walked; column++) {
      starts[column] = reader.position();
      rows.pass(column, reader);
    }
    starts[walked] = reader.position();
    for (KeyColumn column : key) {
      encode(row, column, out);
    }
    out.appendEncoded(row, start, end - start);
  }

  private void encode(byte[] row, KeyColumn column, RowBuffer out) {
    SqlType type = rows.types().get(column.column());
    int start = starts[column.column()];
    int from = out.end();
    reader.reset(row, start);
    if (reader.takeNull()) {
      out.appendByte(column.nullsFirst() ? NULL_FIRST : NULL_LAST);
      return;
    }
    switch (type.physical()) {
      case LONG -> out.appendEncoded(row, start, starts[column.column() + 1] - start);
      case DOUBLE -> out.appendDouble(reader.takeDouble() + 0.0);
      case BYTES -> {
        reader.takeBytes();
        int length = type.keyLength(reader.value(), reader.valueStart(), reader.valueLength());
        out.appendBytes(reader.value(), reader.valueStart(), length);
      }
    }
    if (column.descending()) {
      out.turn(from);
    }
  }

  /** Where in an encoded row the whole row begins, behind the key. */
  public int rowStart(byte[] bytes, int start) {
    int at = start;
    for (KeyColumn column : key) {
      at = end(bytes, at, column.descending());
    }
    return at;
  }

  private static int end(byte[] bytes, int start, boolean descending) {
    int first = bytes[start] & 0xFF;
    if (first == NULL_FIRST || first == NULL_LAST) {
      return start + 1;
    }
    int tag = descending ? ~first & 0xFF : first;
    if (tag == RowBuffer.DOUBLE_TAG) {
      return start + 1 + Double.BYTES;
    }
    if (tag != RowBuffer.BYTES_TAG) {
      return start
          + 1
          + (tag >= RowBuffer.ZERO_TAG ? tag - RowBuffer.ZERO_TAG : NEGATIVE_TAG - tag);
    }
    byte terminator = (byte) (descending ? 0xFF : 0);
    int at = start + 1;
    while (bytes[at] != terminator) {
      at++;
    }
    return at + 1;
  }

  /**
   * The range of encoded rows whose key has some values in its first columns and lies between
   * bounds in the next.
   *
   * @param prefix physical values (Long, Double, byte[]) of the first columns, or null for NULL
   * @param lower bound of the next column, or null
   * @param upper bound of the next column, or null
   */
  public Range range(
      List<? extends @Nullable Object> prefix, @Nullable Bound lower, @Nullable Bound upper) {
    byte[] given = {};
    for (int i = 0; i < prefix.size(); i++) {
      given = with(given, prefix.get(i), key[i]);
    }
    if (lower == null && upper == null) {
      return new Range(given, behind(given));
    }
    KeyColumn next = key[prefix.size()];
    Bound first = next.descending() ? upper : lower;
    Bound last = next.descending() ? lower : upper;
    byte[] low = with(given, BEFORE_VALUES);
    if (first != null) {
      byte[] end = with(given, first.value(), next);
      low = first.inclusive() ? end : behindValue(end);
    }
    byte[] high = with(given, NULL_LAST);
    if (last != null) {
      byte[] end = with(given, last.value(), next);
      high = last.inclusive() ? behindValue(end) : end;
    }
    return new Range(low, high);
  }

  /**
   * An end of a range.
   *
   * @param value a physical value
   * @param inclusive whether the value itself belongs to it
   */
  public record Bound(Object value, boolean inclusive) {}

  /**
   * Where encoded rows lie. The arrays are not copied.
   *
   * @param low the first ones are not before this
   * @param high the last ones are before this; null where they go on to the end
   */
  public record Range(byte[] low, byte @Nullable [] high) {}

  /** Some elements of a key with one more behind them. */
  private byte[] with(byte[] elements, @Nullable Object value, KeyColumn column) {
    if (value == null) {
      return with(elements, column.nullsFirst() ? NULL_FIRST : NULL_LAST);
    }
    var out = new RowBuffer();
    out.appendEncoded(elements, 0, elements.length);
    if (value instanceof Long number) {
      out.appendLong(number);
    } else if (value instanceof Double number) {
      out.appendDouble(number + 0.0);
    } else {
      var bytes = (byte[]) value;
      SqlType type = rows.types().get(column.column());
      out.appendBytes(bytes, 0, type.keyLength(bytes, 0, bytes.length));
    }
    if (column.descending()) {
      out.turn(elements.length);
    }
    return Arrays.copyOf(out.bytes(), out.end());
  }

  private static byte[] with(byte[] bytes, int last) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = (byte) last;
    return longer;
  }

  /** The first bytes behind all that begin with a prefix; null where nothing can be there. */
  private static byte @Nullable [] behind(byte[] prefix) {
    return prefix.length == 0 ? null : behindValue(prefix);
  }

  /** The same behind an element, none of which consists of the greatest byte alone. */
  private static byte[] behindValue(byte[] prefix) {
    int length = prefix.length;
    while (prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    byte[] next = Arrays.copyOf(prefix, length);
    next[length - 1]++;
    return next;
  }
}

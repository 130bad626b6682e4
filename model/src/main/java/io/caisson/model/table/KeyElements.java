package io.caisson.model.table;

import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.IndexDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.model.codec.ByteWriter;
import io.caisson.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values in the keys of an index, one behind the other, each in an order of its own. None is
 * the beginning of another. Values that SQL calls equal are one key: -0.0 is 0.0, every NaN is the
 * same, and 1.0 is 1.00. Stateless.
 *
 * <pre>
 * ascending    a tuple's element, its code one greater: 02 bytes, 0D–1D whole numbers, 22 doubles
 * descending   the same with every bit turned: DD–FD
 * NULL         01 where it comes first, FE where it comes last
 * </pre>
 *
 * No element begins with 00 or FF: behind the end of bytes, 00 or turned FF, these would say that
 * the bytes go on.
 */
final class KeyElements {
  /** In place of a value of a key: NULL. */
  static final Object NULL = KeyRange.NULL;

  private static final int NULL_FIRST = 0x01;
  private static final int NULL_LAST = 0xFE;
  private static final int BYTES_CODE = 0x02;
  private static final int ZERO_CODE = 0x15;
  private static final int DOUBLE_CODE = 0x22;

  private KeyElements() {}

  /** Writes the value of a row. */
  static void put(
      Column column, int row, SqlType type, IndexDefinition.IndexKey key, ByteWriter out) {
    if (column.isNull(row)) {
      out.putByte(key.nullsFirst() ? NULL_FIRST : NULL_LAST);
    } else {
      put(tuple(column, row, type).pack(), key.descending(), out);
    }
  }

  private static Tuple tuple(Column column, int row, SqlType type) {
    if (column instanceof LongColumn longs) {
      return Tuple.from(longs.value(row));
    }
    if (column instanceof DoubleColumn doubles) {
      return Tuple.from(normal(doubles.value(row)));
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.start(row);
    return new Tuple()
        .add(bytes.bytes(), start, type.keyLength(bytes.bytes(), start, bytes.length(row)));
  }

  /** Writes a physical value, or {@link #NULL}. */
  static void put(Object value, SqlType type, IndexDefinition.IndexKey key, ByteWriter out) {
    if (value == NULL) {
      out.putByte(key.nullsFirst() ? NULL_FIRST : NULL_LAST);
    } else {
      put(Tuple.from(tupleValue(value, type)).pack(), key.descending(), out);
    }
  }

  /** A physical value as tuples hold it. */
  static Object tupleValue(Object value, SqlType type) {
    if (value instanceof byte[] bytes) {
      return Arrays.copyOf(bytes, type.keyLength(bytes, 0, bytes.length));
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof Double number) {
      return normal(number);
    }
    if (value instanceof Long) {
      return value;
    }
    throw new IllegalArgumentException("no physical value: " + value.getClass());
  }

  /** The one double among those that SQL calls equal. */
  static double normal(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  private static void put(byte[] element, boolean descending, ByteWriter out) {
    element[0]++;
    if (descending) {
      turn(element);
    }
    out.putBytes(element, 0, element.length);
  }

  private static void turn(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  /** Where the element that begins at a place ends. */
  static int end(byte[] key, int start, boolean descending) {
    int first = key[start] & 0xFF;
    if (first == NULL_FIRST || first == NULL_LAST) {
      return start + 1;
    }
    int code = descending ? ~first & 0xFF : first;
    if (code == DOUBLE_CODE) {
      return start + 1 + Double.BYTES;
    }
    if (code != BYTES_CODE) {
      return start + 1 + Math.abs(code - ZERO_CODE);
    }
    int turned = descending ? 0xFF : 0;
    int at = start + 1;
    while (true) {
      boolean zero = (key[at] & 0xFF) == turned;
      boolean escaped = zero && at + 1 < key.length && ((key[at + 1] & 0xFF) ^ turned) == 0xFF;
      if (zero && !escaped) {
        return at + 1;
      }
      at += escaped ? 2 : 1;
    }
  }

  /** Adds the element between two places of a key to a column. */
  static void decode(
      byte[] key, int start, int end, SqlType type, boolean descending, ColumnBuilder target) {
    int first = key[start] & 0xFF;
    if (first == NULL_FIRST || first == NULL_LAST) {
      target.addNull();
      return;
    }
    byte[] element = Arrays.copyOfRange(key, start, end);
    if (descending) {
      turn(element);
    }
    element[0]--;
    Object value = Tuple.fromBytes(element).get(0);
    if (value instanceof byte[] bytes) {
      target.addBytes(type.ofKey(bytes, 0, bytes.length));
    } else if (value instanceof Double number) {
      target.addDouble(number);
    } else {
      target.addLong(((Number) value).longValue());
    }
  }

  /** The first key behind all that begin with a prefix. */
  static byte[] behind(byte[] prefix) {
    return ByteArrayUtil.strinc(prefix);
  }
}

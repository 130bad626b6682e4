package io.caisson.dataflow.arrangement;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the values of a row that a {@link RowBuffer} encoded, from left to right. For one thread;
 * made once and pointed at row after row.
 */
public final class RowReader {
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[0];
  private int position;
  private byte[] unescaped = new byte[0];
  private byte[] value = bytes;
  private int valueStart;
  private int valueLength;

  /** A reader that points nowhere yet. */
  public RowReader() {}

  /** Points the reader at the first value of a row, or at any later one. */
  public void reset(byte[] row, int start) {
    bytes = row;
    position = start;
  }

  /** Where the next value begins. */
  public int position() {
    return position;
  }

  /** Whether the next value is NULL, which is then passed. */
  public boolean takeNull() {
    if ((bytes[position] & 0xFF) != RowBuffer.NULL_TAG) {
      return false;
    }
    position++;
    return true;
  }

  /** The next value, a long. */
  public long takeLong() {
    int tag = bytes[position++] & 0xFF;
    boolean negative = tag < RowBuffer.ZERO_TAG;
    int length = negative ? RowBuffer.ZERO_TAG - 1 - tag : tag - RowBuffer.ZERO_TAG;
    if (length < 0 || length > Long.BYTES) {
      throw unexpected(tag);
    }
    int begin = position;
    position += length;
    if (length == 0 || begin + Long.BYTES > bytes.length) {
      return byteByByte(begin, length, negative);
    }
    int unused = Long.SIZE - Byte.SIZE * length;
    long value = (long) BIG_ENDIAN_LONG.get(bytes, begin) >>> unused;
    return negative ? value | ~(-1L >>> unused) : value;
  }

  /** A long at the end of the array, where eight bytes can't be read. */
  private long byteByByte(int begin, int length, boolean negative) {
    long result = negative ? -1 : 0;
    for (int i = begin; i < begin + length; i++) {
      result = result << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return result;
  }

  /** The next value, a double. */
  public double takeDouble() {
    int tag = bytes[position++] & 0xFF;
    if (tag != RowBuffer.DOUBLE_TAG) {
      throw unexpected(tag);
    }
    long flipped = (long) BIG_ENDIAN_LONG.get(bytes, position);
    position += Long.BYTES;
    return Double.longBitsToDouble(flipped ^ (~flipped >> 63 | Long.MIN_VALUE));
  }

  /**
   * Passes the next value, a byte string, which then lies in {@link #value()} until the next call.
   */
  public void takeBytes() {
    int tag = bytes[position++] & 0xFF;
    if (tag != RowBuffer.BYTES_TAG) {
      throw unexpected(tag);
    }
    int start = position;
    int end = SmallBytes.find(bytes, start, bytes.length);
    if (bytes[end] == RowBuffer.ESCAPE) {
      unescape(start, end);
      return;
    }
    value = bytes;
    valueStart = start;
    valueLength = end - start;
    position = end + 1;
  }

  private void unescape(int start, int firstEscape) {
    int length = firstEscape - start;
    unescaped = grown(unescaped, length);
    System.arraycopy(bytes, start, unescaped, 0, length);
    int at = firstEscape;
    while (bytes[at] != 0) {
      boolean escape = bytes[at] == RowBuffer.ESCAPE;
      unescaped = grown(unescaped, length + 1);
      unescaped[length++] = (byte) (escape ? bytes[at + 1] - 1 : bytes[at]);
      at += escape ? 2 : 1;
    }
    value = unescaped;
    valueStart = 0;
    valueLength = length;
    position = at + 1;
  }

  private static byte[] grown(byte[] array, int needed) {
    return needed <= array.length ? array : Arrays.copyOf(array, Math.max(needed * 2, 64));
  }

  /** The array in which the byte string just taken lies. */
  public byte[] value() {
    return value;
  }

  /** Where in {@link #value()} it begins. */
  public int valueStart() {
    return valueStart;
  }

  /** How many bytes it has. */
  public int valueLength() {
    return valueLength;
  }

  private static CaissonException unexpected(int tag) {
    return new CaissonException(
        SqlState.DATA_CORRUPTED, "a stored row has an unexpected value of kind " + tag);
  }
}

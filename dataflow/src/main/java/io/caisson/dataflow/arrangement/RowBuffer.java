package io.caisson.dataflow.arrangement;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encoded rows with weights, one after the other in a single array, in the order in which they were
 * added. A row is written value by value and closed by {@link #endRow}. For one thread.
 *
 * <p>Comparing two encoded rows byte by byte (unsigned) orders them column by column, ascending,
 * NULLs last. No value's bytes are the beginning of another value's, so all rows that begin with a
 * value's bytes have that value:
 *
 * <pre>
 *  NULL    FE
 *  long    20+n  low n bytes, big-endian     from zero up; n bytes hold the value
 *          1F-n  low n bytes, big-endian     below zero; n bytes hold its complement
 *  double  30    8 bytes, big-endian         sign bit flipped; all bits flipped below zero;
 *                                            -0 before 0; NaN, of one form, behind infinity
 *  bytes   31    bytes  00                   among them 00 stands as 01 01, and 01 as 01 02
 * </pre>
 */
public final class RowBuffer {
  static final int NULL_TAG = 0xFE;
  static final int ZERO_TAG = 0x20;
  static final int DOUBLE_TAG = 0x30;
  static final int BYTES_TAG = 0x31;
  static final byte ESCAPE = 1;

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST_BYTES = 256;
  private static final int FIRST_ROWS = 16;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int[] offsets = new int[FIRST_ROWS + 1];
  private long[] weights = new long[FIRST_ROWS];
  private int size;
  private int end;

  /** An empty buffer. */
  public RowBuffer() {}

  /** How many rows are complete. */
  public int size() {
    return size;
  }

  /** The array in which the rows lie; another one after the buffer has grown. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a row begins; for {@link #size()} where the unfinished row begins. */
  public int start(int row) {
    return offsets[row];
  }

  /** Where a row ends, exclusive. */
  public int end(int row) {
    return offsets[row + 1];
  }

  /** Where the bytes written so far end, the unfinished row's included. */
  public int end() {
    return end;
  }

  /** The weight of a row. */
  public long weight(int row) {
    return weights[row];
  }

  /** Writes a NULL. */
  public void appendNull() {
    ensure(1);
    bytes[end++] = (byte) NULL_TAG;
  }

  /** Writes a long. */
  public void appendLong(long value) {
    ensure(1 + Long.BYTES);
    int length = (Long.SIZE + 7 - Long.numberOfLeadingZeros(value ^ (value >> 63))) >>> 3;
    bytes[end] = (byte) (value >= 0 ? ZERO_TAG + length : ZERO_TAG - 1 - length);
    BIG_ENDIAN_LONG.set(bytes, end + 1, value << (Long.SIZE - 8 * length));
    end += 1 + length;
  }

  /** Writes a double. */
  public void appendDouble(double value) {
    ensure(1 + Long.BYTES);
    long bits = Double.doubleToLongBits(value);
    bytes[end] = DOUBLE_TAG;
    BIG_ENDIAN_LONG.set(bytes, end + 1, bits ^ ((bits >> 63) | Long.MIN_VALUE));
    end += 1 + Long.BYTES;
  }

  /** Writes a byte string. */
  public void appendBytes(byte[] source, int start, int length) {
    ensure(2 + 2L * length);
    bytes[end] = BYTES_TAG;
    int plain = SmallBytes.find(source, start, start + length) - start;
    System.arraycopy(source, start, bytes, end + 1, plain);
    int at = end + 1 + plain;
    for (int i = start + plain; i < start + length; i++) {
      byte value = source[i];
      if (value >> 1 == 0) {
        bytes[at++] = ESCAPE;
        value++;
      }
      bytes[at++] = value;
    }
    bytes[at++] = 0;
    end = at;
  }

  /** Writes bytes that are encoded already. */
  public void appendEncoded(byte[] source, int start, int length) {
    ensure(length);
    System.arraycopy(source, start, bytes, end, length);
    end += length;
  }

  /** Writes a single byte that is no value. */
  void appendByte(int value) {
    ensure(1);
    bytes[end++] = (byte) value;
  }

  /** Turns every bit from a place on, so that what lies there sorts the other way round. */
  void turn(int from) {
    for (int i = from; i < end; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  /** Completes the row. */
  public void endRow(long weight) {
    if (size == weights.length) {
      weights = Arrays.copyOf(weights, size * 2);
      offsets = Arrays.copyOf(offsets, size * 2 + 1);
    }
    weights[size++] = weight;
    offsets[size] = end;
  }

  /** Forgets what was written of the unfinished row. */
  public void dropRow() {
    end = offsets[size];
  }

  /** Forgets all rows; the arrays stay unless they have grown large. */
  public void clear() {
    if (bytes.length > 1 << 22 || weights.length > 1 << 18) {
      bytes = new byte[FIRST_BYTES];
      offsets = new int[FIRST_ROWS + 1];
      weights = new long[FIRST_ROWS];
    }
    size = 0;
    end = 0;
  }

  /** How many bytes the arrays take. */
  public long memoryBytes() {
    return bytes.length + 4L * offsets.length + 8L * weights.length;
  }

  private void ensure(long more) {
    long needed = end + more;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw new OutOfMemoryError("encoded rows of one step exceed 2 GB");
      }
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 16);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}

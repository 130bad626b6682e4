package io.caisson.dataflow.arrangement;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the bytes that {@link RowBuffer} escapes or ends a byte string with, 0 and 1, eight at a
 * time: text has none of them but at its end. Stateless.
 */
final class SmallBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long TWOS = 0x0202_0202_0202_0202L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private SmallBytes() {}

  /**
   * Where the first byte below 2 is.
   *
   * @param from where the search begins
   * @param to behind the last byte; the answer where there is none
   */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, at);
      // A byte below 2 borrows when 2 is taken from it. So may the ones behind it, but not before.
      long small = (eight - TWOS) & ~eight & HIGH_BITS;
      if (small != 0) {
        return at + Long.numberOfTrailingZeros(small) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >> 1 != 0) {
      at++;
    }
    return at;
  }
}

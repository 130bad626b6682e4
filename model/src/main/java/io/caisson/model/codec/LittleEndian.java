package io.caisson.model.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, least significant byte first, at any alignment. Bounds are checked. */
final class LittleEndian {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static long getLong(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static void putLong(byte[] bytes, int index, long value) {
    LONGS.set(bytes, index, value);
  }

  static int getInt(byte[] bytes, int index) {
    return (int) INTS.get(bytes, index);
  }

  static void putInt(byte[] bytes, int index, int value) {
    INTS.set(bytes, index, value);
  }

  static double getDouble(byte[] bytes, int index) {
    return (double) DOUBLES.get(bytes, index);
  }

  static void putDouble(byte[] bytes, int index, double value) {
    DOUBLES.set(bytes, index, value);
  }
}

package io.caisson.model.codec;

import java.util.Arrays;

/**
 * A growing byte array with the number formats that our values share: fixed little-endian numbers,
 * variable-length integers (seven bits a byte, low bits first, the high bit set on all but the last
 * byte) and zigzag for signed ones. For one thread; it can be used again after {@link #clear()}.
 */
public final class ByteWriter {
  private static final int FIRST_CAPACITY = 256;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** How many bytes it holds. */
  public int size() {
    return size;
  }

  /** Forgets all bytes. */
  public void clear() {
    size = 0;
  }

  /** A copy of the bytes written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** The array behind it; only the first {@link #size()} bytes count, until the next write. */
  byte[] array() {
    return bytes;
  }

  /** Makes room for {@code length} more bytes and returns the array, to be written from size on. */
  byte[] reserve(int length) {
    int needed = Math.addExact(size, length);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
    return bytes;
  }

  /** Counts bytes that were written into the reserved array. */
  void advance(int length) {
    size += length;
  }

  /** Writes the low eight bits. */
  public void putByte(int value) {
    reserve(1)[size++] = (byte) value;
  }

  /** Writes four bytes. */
  public void putInt(int value) {
    LittleEndian.putInt(reserve(Integer.BYTES), size, value);
    size += Integer.BYTES;
  }

  /** Writes eight bytes. */
  public void putLong(long value) {
    LittleEndian.putLong(reserve(Long.BYTES), size, value);
    size += Long.BYTES;
  }

  /** Writes eight bytes. */
  public void putDouble(double value) {
    LittleEndian.putDouble(reserve(Double.BYTES), size, value);
    size += Double.BYTES;
  }

  /** Writes an unsigned integer of variable length: one byte below 128, at most ten. */
  public void putVarint(long value) {
    byte[] target = reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      target[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[size++] = (byte) rest;
  }

  /** Writes a signed integer of variable length; small magnitudes are short. */
  public void putSigned(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  /** Writes bytes as they are. */
  public void putBytes(byte[] source, int start, int length) {
    System.arraycopy(source, start, reserve(length), size, length);
    size += length;
  }

  /** Writes the length, then the bytes. */
  public void putSized(byte[] source, int start, int length) {
    putVarint(length);
    putBytes(source, start, length);
  }

  /** Writes the length, then the bytes. */
  public void putSized(byte[] source) {
    putSized(source, 0, source.length);
  }
}

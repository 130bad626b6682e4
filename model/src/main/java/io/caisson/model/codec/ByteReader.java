package io.caisson.model.codec;

import java.util.Arrays;
import java.util.Objects;

/**
 * Reads what {@link ByteWriter} wrote. Leaving the array is an {@link IndexOutOfBoundsException}, a
 * number that nobody wrote is an {@link IllegalArgumentException}: whoever knows what is being read
 * turns them into an error that names the place ({@link Corruption}). For one thread.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  /** A reader of a whole array. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** A reader of a part of an array. */
  public ByteReader(byte[] bytes, int start, int length) {
    Objects.checkFromIndexSize(start, length, bytes.length);
    this.bytes = bytes;
    this.position = start;
    this.end = start + length;
  }

  /** Where the next byte is read from. */
  public int position() {
    return position;
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - position;
  }

  byte[] array() {
    return bytes;
  }

  /** Steps over bytes and returns where they begin. */
  public int skip(int length) {
    Objects.checkFromIndexSize(position, length, end);
    int start = position;
    position += length;
    return start;
  }

  /** Reads a byte, 0 to 255. */
  public int readByte() {
    return bytes[skip(1)] & 0xFF;
  }

  /** Reads four bytes. */
  public int readInt() {
    return LittleEndian.getInt(bytes, skip(Integer.BYTES));
  }

  /** Reads eight bytes. */
  public long readLong() {
    return LittleEndian.getLong(bytes, skip(Long.BYTES));
  }

  /** Reads eight bytes. */
  public double readDouble() {
    return LittleEndian.getDouble(bytes, skip(Double.BYTES));
  }

  /** Reads an unsigned integer of variable length. */
  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = readByte();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("an integer of more than ten bytes");
  }

  /** Reads a variable-length integer that counts something: 0 to {@code maximum}. */
  public int readCount(int maximum) {
    long value = readVarint();
    if (value < 0 || value > maximum) {
      throw new IllegalArgumentException("a count of " + value + " where " + maximum + " is most");
    }
    return (int) value;
  }

  /** Reads a signed integer of variable length. */
  public long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads bytes behind their length. */
  public byte[] readSized() {
    return readBytes(readCount(remaining()));
  }

  /** Reads bytes as they are. */
  public byte[] readBytes(int length) {
    int start = skip(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }
}

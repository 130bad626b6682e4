package io.caisson.model.table;

import com.apple.foundationdb.tuple.Tuple;
import java.util.Arrays;

/**
 * Reads the elements of a {@link Tuple} one by one, without an object for each: the kinds that keys
 * of rows have. The coding is the tuple layer's (FoundationDB, {@code design/tuple.md}). Leaving
 * the array is an {@link IndexOutOfBoundsException}, an element of another kind an {@link
 * IllegalArgumentException}. For one thread.
 */
final class TupleReader {
  private static final int BYTES = 0x01;
  private static final int ZERO = 0x14;
  private static final int DOUBLE = 0x21;
  private static final int ESCAPE = 0xFF;

  private final byte[] key;
  private int at;
  private byte[] bytes;
  private int start;
  private int length;

  /** A reader of the elements from a place on. */
  TupleReader(byte[] key, int start) {
    this.key = key;
    this.at = start;
    this.bytes = key;
  }

  boolean atEnd() {
    return at == key.length;
  }

  long readLong() {
    int width = (key[at++] & 0xFF) - ZERO;
    if (Math.abs(width) > Long.BYTES) {
      throw new IllegalArgumentException("no number");
    }
    long value = 0;
    int end = at + Math.abs(width);
    while (at < end) {
      value = (value << Byte.SIZE) | (key[at++] & 0xFF);
    }
    if (width >= 0) {
      return value;
    }
    // Negative numbers are kept as what is left to the greatest of their width.
    return width == -Long.BYTES ? value + 1 : value - ((1L << (Byte.SIZE * -width)) - 1);
  }

  double readDouble() {
    expect(DOUBLE);
    long bits = 0;
    int end = at + Double.BYTES;
    while (at < end) {
      bits = (bits << Byte.SIZE) | (key[at++] & 0xFF);
    }
    return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
  }

  /** Reads bytes, which {@link #bytes}, {@link #start} and {@link #length} then say. */
  void readBytes() {
    expect(BYTES);
    int begin = at;
    boolean escaped = false;
    while (true) {
      if (key[at] != 0) {
        at++;
      } else if (at + 1 < key.length && (key[at + 1] & 0xFF) == ESCAPE) {
        escaped = true;
        at += 2;
      } else {
        break;
      }
    }
    bytes = escaped ? unescaped(begin) : key;
    start = escaped ? 0 : begin;
    length = escaped ? bytes.length : at - begin;
    at++;
  }

  private byte[] unescaped(int begin) {
    byte[] plain = new byte[at - begin];
    int size = 0;
    for (int i = begin; i < at; i++) {
      plain[size++] = key[i];
      i += key[i] == 0 ? 1 : 0;
    }
    return Arrays.copyOf(plain, size);
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  private void expect(int code) {
    if ((key[at++] & 0xFF) != code) {
      throw new IllegalArgumentException("an element of another kind");
    }
  }
}

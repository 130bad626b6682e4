package io.caisson.model.codec;

/**
 * Integers of equal width one behind the other, without gaps, low bits first. Values of more than
 * {@value #WIDEST} bits take 64, so that one unaligned load finds any value.
 */
final class BitPacking {
  static final int WIDEST = 56;

  private BitPacking() {}

  /** How many bits hold every unsigned value up to {@code range}. */
  static int width(long range) {
    int width = Long.SIZE - Long.numberOfLeadingZeros(range);
    return width > WIDEST ? Long.SIZE : width;
  }

  /** How many bytes {@code count} values of a width take. */
  static int byteLength(int count, int width) {
    return Math.toIntExact(((long) count * width + 7) >>> 3);
  }

  /** Writes {@code values[i] - base} for the first {@code count} values. */
  static void pack(long[] values, int count, long base, int width, ByteWriter out) {
    int start = out.size();
    int length = byteLength(count, width);
    byte[] target = out.reserve(length + Long.BYTES);
    if (width == Long.SIZE) {
      for (int i = 0; i < count; i++) {
        LittleEndian.putLong(target, start + i * Long.BYTES, values[i] - base);
      }
    } else if (width > 0) {
      packNarrow(values, count, base, width, target, start);
    }
    out.advance(length);
  }

  private static void packNarrow(
      long[] values, int count, long base, int width, byte[] target, int start) {
    long word = 0;
    int bits = 0;
    int position = start;
    for (int i = 0; i < count; i++) {
      long value = values[i] - base;
      word |= value << bits;
      bits += width;
      if (bits >= Long.SIZE) {
        LittleEndian.putLong(target, position, word);
        position += Long.BYTES;
        bits -= Long.SIZE;
        word = value >>> (width - bits);
      }
    }
    // The reserve is a word longer than the values, so the last one may be written whole.
    LittleEndian.putLong(target, position, word);
  }

  /** Reads {@code count} values, adding {@code base} to each. */
  static void unpack(ByteReader in, int count, int width, long base, long[] values) {
    checkWidth(width);
    int length = byteLength(count, width);
    int start = in.skip(length);
    byte[] source = in.array();
    if (width == 0) {
      java.util.Arrays.fill(values, 0, count, base);
    } else if (width == Long.SIZE) {
      for (int i = 0; i < count; i++) {
        values[i] = LittleEndian.getLong(source, start + i * Long.BYTES) + base;
      }
    } else {
      unpackNarrow(source, start, count, width, base, values);
    }
  }

  private static void unpackNarrow(
      byte[] source, int start, int count, int width, long base, long[] values) {
    long mask = (1L << width) - 1;
    int whole = wholeLoads(source.length - start, count, width);
    long bit = (long) start << 3;
    for (int i = 0; i < whole; i++) {
      long word = LittleEndian.getLong(source, (int) (bit >>> 3));
      values[i] = ((word >>> (bit & 7)) & mask) + base;
      bit += width;
    }
    for (int i = whole; i < count; i++) {
      long word = lastBytes(source, (int) (bit >>> 3));
      values[i] = ((word >>> (bit & 7)) & mask) + base;
      bit += width;
    }
  }

  /** For how many values eight bytes from their first byte on still lie inside the array. */
  private static int wholeLoads(int available, int count, int width) {
    long lastStartBit = ((long) available - Long.BYTES) * Byte.SIZE + 7;
    return lastStartBit < 0 ? 0 : (int) Math.min(count, lastStartBit / width + 1);
  }

  private static long lastBytes(byte[] source, int index) {
    long word = 0;
    for (int i = Math.min(source.length, index + Long.BYTES) - 1; i >= index; i--) {
      word = (word << 8) | (source[i] & 0xFF);
    }
    return word;
  }

  private static void checkWidth(int width) {
    if (width > WIDEST && width != Long.SIZE) {
      throw new IllegalArgumentException("values of " + width + " bits");
    }
  }
}

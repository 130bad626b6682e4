package io.caisson.model.codec;

/**
 * Longs as distances: from the smallest value, or from the value before where that is shorter (as
 * for times that grow). Distances wrap around, so any values fit.
 *
 * <pre>
 * offsets: base (signed varint) | width (1) | count values of width bits
 * deltas:  first (signed varint) | base (signed varint) | width (1) | count-1 values of width bits
 * </pre>
 */
final class LongEncoding {
  static final int OFFSETS = 0;
  static final int DELTAS = 1;

  private LongEncoding() {}

  /** Writes the values the shorter way and says which. */
  static int encode(long[] values, int count, ByteWriter out) {
    if (count == 0) {
      return OFFSETS;
    }
    long min = values[0];
    long max = values[0];
    long minDelta = Long.MAX_VALUE;
    long maxDelta = Long.MIN_VALUE;
    for (int i = 1; i < count; i++) {
      long value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      long delta = value - values[i - 1];
      minDelta = Math.min(minDelta, delta);
      maxDelta = Math.max(maxDelta, delta);
    }
    int width = BitPacking.width(max - min);
    int deltaWidth = count == 1 ? Long.SIZE : BitPacking.width(maxDelta - minDelta);
    if (deltaWidth < width) {
      encodeDeltas(values, count, minDelta, deltaWidth, out);
      return DELTAS;
    }
    out.putSigned(min);
    out.putByte(width);
    BitPacking.pack(values, count, min, width, out);
    return OFFSETS;
  }

  private static void encodeDeltas(
      long[] values, int count, long minDelta, int width, ByteWriter out) {
    long[] deltas = new long[count - 1];
    for (int i = 1; i < count; i++) {
      deltas[i - 1] = values[i] - values[i - 1];
    }
    out.putSigned(values[0]);
    out.putSigned(minDelta);
    out.putByte(width);
    BitPacking.pack(deltas, count - 1, minDelta, width, out);
  }

  /** Reads {@code count} values that {@link #encode} wrote in the given way. */
  static long[] decode(ByteReader in, int encoding, int count) {
    long[] values = new long[count];
    if (count == 0) {
      return values;
    }
    if (encoding == OFFSETS) {
      long base = in.readSigned();
      BitPacking.unpack(in, count, in.readByte(), base, values);
      return values;
    }
    if (encoding != DELTAS) {
      throw new IllegalArgumentException("unknown encoding " + encoding + " of integers");
    }
    long value = in.readSigned();
    long base = in.readSigned();
    BitPacking.unpack(in, count - 1, in.readByte(), base, values);
    for (int i = 0; i < count; i++) {
      long delta = values[i];
      values[i] = value;
      value += delta;
    }
    return values;
  }
}

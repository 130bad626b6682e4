package io.caisson.model.codec;

import io.caisson.type.TypeKind;
import java.util.Optional;

/**
 * What a block says about one column before the columns' bodies. Immutable.
 *
 * <pre>
 * flags (1)   bits 0-1 physical form (1 LONG, 2 DOUBLE, 3 BYTES), 2 null bits, 3 range, 4 LZ4,
 *             bits 5-7 encoding
 * plain length (varint)
 * stored length (varint, only with LZ4)
 * range: min, max (only with bit 3; LONG signed varints, DOUBLE 8 bytes, BYTES sized)
 * </pre>
 *
 * @param physical the physical form of the values
 * @param hasNulls whether the body begins with null bits
 * @param compressed whether the body is stored compressed
 * @param encoding how the values are written
 * @param plainLength the body's length before compression
 * @param storedLength the body's length in the block
 * @param range bounds of the values, where there are any
 */
record ColumnHeader(
    TypeKind.Physical physical,
    boolean hasNulls,
    boolean compressed,
    int encoding,
    int plainLength,
    int storedLength,
    Optional<ColumnRange> range) {
  private static final int NULLS = 0x04;
  private static final int RANGE = 0x08;
  private static final int LZ4 = 0x10;
  private static final int ENCODING_SHIFT = 5;

  /** No body is longer; a longer one is damage, and must not be given memory. */
  static final int MOST_PLAIN_BYTES = 1 << 28;

  void write(ByteWriter out) {
    int form =
        switch (physical) {
          case LONG -> 1;
          case DOUBLE -> 2;
          case BYTES -> 3;
        };
    out.putByte(
        form
            | (hasNulls ? NULLS : 0)
            | (range.isPresent() ? RANGE : 0)
            | (compressed ? LZ4 : 0)
            | encoding << ENCODING_SHIFT);
    out.putVarint(plainLength);
    if (compressed) {
      out.putVarint(storedLength);
    }
    range.ifPresent(bounds -> writeRange(bounds, out));
  }

  private static void writeRange(ColumnRange range, ByteWriter out) {
    if (range instanceof ColumnRange.Longs longs) {
      out.putSigned(longs.min());
      out.putSigned(longs.max());
    } else if (range instanceof ColumnRange.Doubles doubles) {
      out.putDouble(doubles.min());
      out.putDouble(doubles.max());
    } else if (range instanceof ColumnRange.Strings strings) {
      out.putSized(strings.min());
      out.putSized(strings.max());
    }
  }

  static ColumnHeader read(ByteReader in) {
    int flags = in.readByte();
    TypeKind.Physical physical =
        switch (flags & 3) {
          case 1 -> TypeKind.Physical.LONG;
          case 2 -> TypeKind.Physical.DOUBLE;
          case 3 -> TypeKind.Physical.BYTES;
          default -> throw new IllegalArgumentException("a column without a physical form");
        };
    boolean compressed = (flags & LZ4) != 0;
    int plainLength = in.readCount(MOST_PLAIN_BYTES);
    int storedLength = compressed ? in.readCount(in.remaining()) : plainLength;
    Optional<ColumnRange> range =
        (flags & RANGE) == 0 ? Optional.empty() : Optional.of(readRange(physical, in));
    return new ColumnHeader(
        physical,
        (flags & NULLS) != 0,
        compressed,
        flags >> ENCODING_SHIFT,
        plainLength,
        storedLength,
        range);
  }

  private static ColumnRange readRange(TypeKind.Physical physical, ByteReader in) {
    return switch (physical) {
      case LONG -> new ColumnRange.Longs(in.readSigned(), in.readSigned());
      case DOUBLE -> new ColumnRange.Doubles(in.readDouble(), in.readDouble());
      case BYTES -> new ColumnRange.Strings(in.readSized(), in.readSized());
    };
  }
}

package io.caisson.model.keyvalue;

import io.caisson.catalog.BucketDefinition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values of buckets as bytes. Counters have the form that the store can add to and compare by
 * itself: their sign is turned, so that the order of unsigned numbers is theirs. Stateless.
 *
 * <pre>
 * value:    0 | bytes                             one that does not end
 *           1 | end (8, big-endian) | bytes       one that does
 * counter:  number + 2^63 (8, little-endian)                              one that does not end
 *           number + 2^63 (8, little-endian) | end (8, little-endian)     one that does
 * </pre>
 */
final class BucketValues {
  /** A counter of zero. */
  static final byte[] ZERO = littleEndian(Long.MIN_VALUE);

  private static final byte LASTS = 0;
  private static final byte ENDS = 1;
  private static final int END_BYTES = Long.BYTES;

  private BucketValues() {}

  static byte[] encode(Object value, long expiresMicros) {
    boolean lasts = expiresMicros == BucketEntry.NEVER;
    if (value instanceof Long number) {
      byte[] counter = counter(number);
      return lasts
          ? counter
          : ByteBuffer.allocate(Long.BYTES + END_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(counter)
              .putLong(expiresMicros)
              .array();
    }
    byte[] bytes = (byte[]) value;
    ByteBuffer out = ByteBuffer.allocate(1 + (lasts ? 0 : END_BYTES) + bytes.length);
    if (lasts) {
      out.put(LASTS);
    } else {
      out.put(ENDS).putLong(expiresMicros);
    }
    return out.put(bytes).array();
  }

  /** A number in the form of counters. */
  static byte[] counter(long number) {
    return littleEndian(number + Long.MIN_VALUE);
  }

  /** A number as the store adds it to a counter. */
  static byte[] littleEndian(long number) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static BucketEntry decode(BucketDefinition bucket, byte[] key, byte[] value) {
    return bucket.counts() ? decodeCounter(key, value) : decodeBytes(key, value);
  }

  private static BucketEntry decodeCounter(byte[] key, byte[] value) {
    if (value.length != Long.BYTES && value.length != Long.BYTES + END_BYTES) {
      throw new IllegalArgumentException("a counter of " + value.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long number = in.getLong() - Long.MIN_VALUE;
    return new BucketEntry(key, number, in.hasRemaining() ? in.getLong() : BucketEntry.NEVER);
  }

  private static BucketEntry decodeBytes(byte[] key, byte[] value) {
    if (value.length > 0 && value[0] == LASTS) {
      return new BucketEntry(key, Arrays.copyOfRange(value, 1, value.length), BucketEntry.NEVER);
    }
    if (value.length > END_BYTES && value[0] == ENDS) {
      long expires = ByteBuffer.wrap(value).getLong(1);
      return new BucketEntry(key, Arrays.copyOfRange(value, 1 + END_BYTES, value.length), expires);
    }
    throw new IllegalArgumentException("unknown format of a value");
  }
}

package io.caisson.model.record;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The number of a record: a UUID of version 7, so that later ones are larger. Immutable.
 *
 * <pre>
 * | milliseconds since 1970 (48) | 7 (4) | fraction (12) | 2 (2) | chance (62) |
 * </pre>
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record RecordId(long high, long low) implements Comparable<RecordId> {
  byte[] toBytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  static RecordId fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new RecordId(in.getLong(), in.getLong());
  }

  /** The id of a text. */
  static RecordId of(String text) {
    UUID id = UUID.fromString(text);
    return new RecordId(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** When the record was made, in milliseconds since 1970. */
  public long millis() {
    return high >>> 16;
  }

  @Override
  public int compareTo(RecordId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return new UUID(high, low).toString();
  }
}

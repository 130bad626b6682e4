package io.caisson.model.keyvalue;

/**
 * An entry of a bucket. Immutable as long as nobody changes the arrays.
 *
 * @param key its key; text is UTF-8
 * @param value its value: byte[], or Long in a bucket of counters
 * @param expiresMicros when it ends, in microseconds since 1970; {@link #NEVER} if it doesn't
 */
public record BucketEntry(byte[] key, Object value, long expiresMicros) {
  /** The end of entries that have none. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Whether the entry is over at a moment. */
  boolean isOver(long nowMicros) {
    return expiresMicros <= nowMicros;
  }
}

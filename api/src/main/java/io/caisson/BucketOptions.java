package io.caisson;

import io.caisson.type.TypeKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket holds. Immutable.
 *
 * @param keys TEXT or BYTEA
 * @param values TEXT, BYTEA, or BIGINT for counters
 * @param timeToLive after which time an entry that says nothing else ends; null for never
 */
public record BucketOptions(TypeKind keys, TypeKind values, @Nullable Duration timeToLive) {
  /** Text by text. */
  public static BucketOptions text() {
    return new BucketOptions(TypeKind.TEXT, TypeKind.TEXT, null);
  }

  /** Bytes by bytes. */
  public static BucketOptions bytes() {
    return new BucketOptions(TypeKind.BYTEA, TypeKind.BYTEA, null);
  }

  /** Counters by text. */
  public static BucketOptions counters() {
    return new BucketOptions(TypeKind.TEXT, TypeKind.BIGINT, null);
  }

  /** The same with a time to live. */
  public BucketOptions withTimeToLive(Duration time) {
    return new BucketOptions(keys, values, time);
  }
}

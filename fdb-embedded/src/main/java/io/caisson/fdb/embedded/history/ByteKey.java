package io.caisson.fdb.embedded.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key with its hash. Immutable, as long as nobody changes the bytes. */
class ByteKey implements Comparable<ByteKey> {
  final byte[] bytes;
  private final int hash;

  ByteKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof ByteKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public final int hashCode() {
    return hash;
  }

  @Override
  public final int compareTo(ByteKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }
}

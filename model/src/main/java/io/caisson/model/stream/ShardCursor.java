package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.catalog.StreamDefinition;
import org.jspecify.annotations.Nullable;

/** The next block of a shard while the shards of a stream are merged. For one thread. */
final class ShardCursor implements Comparable<ShardCursor> {
  private final LogKeys keys;
  private final StreamDefinition stream;
  private final int shard;
  private final AsyncIterator<KeyValue> entries;
  private LogPosition position = LogPosition.START;
  private byte[] value = new byte[0];

  ShardCursor(LogKeys keys, StreamDefinition stream, int shard, AsyncIterator<KeyValue> entries) {
    this.keys = keys;
    this.stream = stream;
    this.shard = shard;
    this.entries = entries;
  }

  /** Steps to the next block; false at the end. */
  boolean advance() {
    if (!entries.hasNext()) {
      return false;
    }
    KeyValue entry = entries.next();
    position = keys.position(stream, shard, entry.getKey());
    value = entry.getValue();
    return true;
  }

  int shard() {
    return shard;
  }

  LogPosition position() {
    return position;
  }

  byte[] value() {
    return value;
  }

  void cancel() {
    entries.cancel();
  }

  @Override
  public int compareTo(ShardCursor other) {
    return position.compareTo(other.position);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}

package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.catalog.StreamDefinition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The next appends of a shard while the shards of a stream are merged. Appends up to one position
 * and behind another are passed over. For one thread.
 */
final class ShardCursor implements Comparable<ShardCursor> {
  private final LogKeys keys;
  private final StreamDefinition stream;
  private final int shard;
  private final LogPosition through;
  private @Nullable Supplier<AsyncIterator<KeyValue>> beyond;
  private AsyncIterator<KeyValue> entries;
  private LogPosition after;
  private @Nullable StoredBlock block;
  private int next;
  private boolean untouched;

  /**
   * A cursor.
   *
   * @param after appends up to here are passed over
   * @param through so are those behind this
   * @param entries the keys between both
   * @param beyond the next key behind, where it may hold a pack that begins before; else null
   */
  ShardCursor(
      LogKeys keys,
      StreamDefinition stream,
      int shard,
      LogPosition after,
      LogPosition through,
      AsyncIterator<KeyValue> entries,
      @Nullable Supplier<AsyncIterator<KeyValue>> beyond) {
    this.keys = keys;
    this.stream = stream;
    this.shard = shard;
    this.after = after;
    this.through = through;
    this.entries = entries;
    this.beyond = beyond;
  }

  /** Steps to the next append, in the next stored block where this one has no more. */
  boolean advance() {
    while (block == null || next == block.appends()) {
      if (!nextBlock()) {
        return false;
      }
    }
    return position().compareTo(through) <= 0;
  }

  private boolean nextBlock() {
    if (!entries.hasNext()) {
      if (beyond == null) {
        return false;
      }
      entries = beyond.get();
      beyond = null;
      if (!entries.hasNext()) {
        return false;
      }
    }
    KeyValue entry = entries.next();
    LogPosition position = keys.position(stream, shard, entry.getKey());
    StoredBlock opened =
        StoredBlock.open(stream, position, entry.getValue(), () -> place(stream, shard, position));
    block = opened;
    next = 0;
    untouched = true;
    while (next < opened.appends() && opened.position(next).compareTo(after) <= 0) {
      next++;
    }
    after = position;
    return true;
  }

  private StoredBlock block() {
    if (block == null) {
      throw new IllegalStateException("not advanced");
    }
    return block;
  }

  /** The position of the next append. */
  LogPosition position() {
    return block().position(next);
  }

  /** How many bytes reading on costs: the stored block's, or nothing where a piece was taken. */
  int cost() {
    return untouched ? block().byteSize() : 0;
  }

  /** Takes the next append and those behind it that come before a position. */
  LogBlock take(@Nullable LogPosition before) {
    StoredBlock current = block();
    int begin = next++;
    untouched = false;
    while (next < current.appends()
        && current.position(next).compareTo(through) <= 0
        && (before == null || current.position(next).compareTo(before) < 0)) {
      next++;
    }
    return new LogBlock(current, shard, begin, next);
  }

  void cancel() {
    entries.cancel();
  }

  @Override
  public int compareTo(ShardCursor other) {
    return position().compareTo(other.position());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Where a block lies, for errors. */
  static String place(StreamDefinition stream, int shard, LogPosition position) {
    return "The block of stream \""
        + stream.name()
        + "\", shard "
        + shard
        + ", at version "
        + position.version()
        + "/"
        + position.batch()
        + "/"
        + position.user();
  }
}

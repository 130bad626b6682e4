package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.catalog.StreamDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a shard one after the other, as they lie in the store, for the background work on
 * them. Thread-safe.
 */
final class RawBlocks {
  private final LogKeys keys;

  RawBlocks(LogKeys keys) {
    this.keys = keys;
  }

  /**
   * A key of a shard.
   *
   * @param position the position that it says
   * @param block what lies under it
   */
  record Entry(LogPosition position, StoredBlock block) {}

  /**
   * Reads keys of a shard in order, about as many bytes as the budget says.
   *
   * @param after begin behind this
   * @param through stop behind this version
   */
  List<Entry> read(
      ReadTransaction transaction,
      StreamDefinition stream,
      int shard,
      LogPosition after,
      long through,
      int byteBudget) {
    LogPosition end = LogPosition.endOf(through);
    var found = new ArrayList<Entry>();
    if (after.compareTo(end) >= 0) {
      return found;
    }
    AsyncIterator<KeyValue> entries =
        transaction
            .getRange(
                keys.after(stream, shard, after),
                keys.after(stream, shard, end),
                ReadTransaction.ROW_LIMIT_UNLIMITED,
                false,
                StreamingMode.SERIAL)
            .iterator();
    try {
      for (long bytes = 0; bytes < byteBudget && entries.hasNext(); ) {
        KeyValue entry = entries.next();
        LogPosition position = keys.position(stream, shard, entry.getKey());
        var block =
            StoredBlock.open(
                stream,
                position,
                entry.getValue(),
                () -> ShardCursor.place(stream, shard, position));
        found.add(new Entry(position, block));
        bytes += block.byteSize();
      }
    } finally {
      entries.cancel();
    }
    return found;
  }
}

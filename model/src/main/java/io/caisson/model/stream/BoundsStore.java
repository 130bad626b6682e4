package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.StreamDefinition;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.concurrent.CompletableFuture;

/**
 * Where the shards of streams begin, because retention has removed what was before, and up to where
 * they have been packed. Readers start there instead of stepping over what is gone. Thread-safe.
 *
 * <pre>
 * (stream, incarnation, shard, which) → position, 12 bytes      which: 0 removed, 1 packed
 * </pre>
 */
final class BoundsStore {
  private static final long REMOVED = 0;
  private static final long PACKED = 1;

  private final Subspace bounds;
  private final long incarnation;

  BoundsStore(DatabaseKeyspace keyspace) {
    this.bounds = keyspace.bounds();
    this.incarnation = keyspace.incarnation();
  }

  /** The bounds of a stream's shards. */
  record Bounds(LogPosition[] removed, LogPosition[] packed) {
    /** The last position that is gone in any shard. */
    LogPosition removedThrough() {
      LogPosition last = LogPosition.START;
      for (LogPosition position : removed) {
        last = position.compareTo(last) > 0 ? position : last;
      }
      return last;
    }
  }

  /** Reads all bounds of a stream. */
  CompletableFuture<Bounds> read(ReadTransaction transaction, StreamDefinition stream) {
    return transaction
        .getRange(
            bounds.range(Tuple.from(stream.id(), incarnation)),
            ReadTransaction.ROW_LIMIT_UNLIMITED,
            false,
            StreamingMode.WANT_ALL)
        .asList()
        .thenApply(entries -> decode(entries, stream.shards()));
  }

  private Bounds decode(Iterable<KeyValue> entries, int shards) {
    var found = new Bounds(starts(shards), starts(shards));
    for (KeyValue entry : entries) {
      Tuple key = bounds.unpack(entry.getKey());
      int shard = (int) key.getLong(2);
      LogPosition[] which = key.getLong(3) == REMOVED ? found.removed() : found.packed();
      which[shard] = LogPosition.fromBytes(entry.getValue());
    }
    return found;
  }

  private static LogPosition[] starts(int shards) {
    var positions = new LogPosition[shards];
    java.util.Arrays.fill(positions, LogPosition.START);
    return positions;
  }

  /** Notes up to where a shard's blocks are gone. */
  void setRemoved(Transaction transaction, StreamDefinition stream, int shard, LogPosition last) {
    transaction.set(key(stream, shard, REMOVED), last.toBytes());
  }

  /** Notes up to where a shard's blocks need no packing any more. */
  void setPacked(Transaction transaction, StreamDefinition stream, int shard, LogPosition last) {
    transaction.set(key(stream, shard, PACKED), last.toBytes());
  }

  private byte[] key(StreamDefinition stream, int shard, long which) {
    return bounds.pack(Tuple.from(stream.id(), incarnation, shard, which));
  }
}

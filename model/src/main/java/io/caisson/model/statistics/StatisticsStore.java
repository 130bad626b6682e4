package io.caisson.model.statistics;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Counters of what is stored, one key for each shard of an object, changed by an atomic addition in
 * the transaction that writes the data: no conflicts, always exact. Thread-safe.
 *
 * <pre>
 * (object, shard) → rows | bytes | entries, 8 bytes each, little-endian
 * </pre>
 *
 * The three are one number of 24 bytes to the store. No total ever outgrows its eight bytes or
 * falls below zero; what is added may be negative, and then borrows from its neighbour, which the
 * addition gives back.
 */
public final class StatisticsStore {
  private static final int BYTES = 3 * Long.BYTES;

  private final Subspace statistics;

  /** The counters of a database. */
  public StatisticsStore(DatabaseKeyspace keyspace) {
    this.statistics = keyspace.statistics();
  }

  /** Counts what the transaction adds, or with negative numbers takes away. */
  public void add(Transaction transaction, long object, int shard, Counts counts) {
    long bytes = counts.bytes() - (counts.rows() < 0 ? 1 : 0);
    long entries = counts.entries() - (bytes < 0 ? 1 : 0);
    byte[] value =
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(counts.rows())
            .putLong(bytes)
            .putLong(entries)
            .array();
    transaction.mutate(MutationType.ADD, statistics.pack(Tuple.from(object, shard)), value);
  }

  /** Counts that nothing is stored of an object any more. */
  public void clear(Transaction transaction, long object) {
    transaction.clear(statistics.range(Tuple.from(object)));
  }

  /** Forgets what was counted for a shard of an object. */
  public void clear(Transaction transaction, long object, int shard) {
    transaction.clear(statistics.pack(Tuple.from(object, shard)));
  }

  /** How much is stored of an object, over all its shards. Reads without a conflict. */
  public Counts read(ReadTransaction transaction, long object) {
    Counts total = Counts.NONE;
    for (KeyValue entry :
        transaction
            .snapshot()
            .getRange(
                statistics.range(Tuple.from(object)),
                ReadTransaction.ROW_LIMIT_UNLIMITED,
                false,
                StreamingMode.WANT_ALL)
            .asList()
            .join()) {
      ByteBuffer value = ByteBuffer.wrap(entry.getValue()).order(ByteOrder.LITTLE_ENDIAN);
      total = total.plus(new Counts(value.getLong(), value.getLong(), value.getLong()));
    }
    return total;
  }
}

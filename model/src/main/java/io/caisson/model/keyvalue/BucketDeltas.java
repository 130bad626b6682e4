package io.caisson.model.keyvalue;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.column.Columns;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.change.Deltas;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Tells views what the entries of buckets were and are. For them an entry is there until it is
 * cleared, whether or not it is over. Thread-safe.
 */
final class BucketDeltas {
  private final Deltas deltas;

  BucketDeltas(DatabaseKeyspace keyspace, CatalogStore catalog) {
    deltas = new Deltas(keyspace, catalog);
  }

  /** Whether whoever changes an entry must know what it was. */
  boolean wanted(Transaction transaction, BucketDefinition bucket) {
    return deltas.wanted(transaction, bucket);
  }

  /** Notes that an entry came, changed or went; null for none. */
  void note(
      Transaction transaction,
      BucketDefinition bucket,
      @Nullable BucketEntry before,
      @Nullable BucketEntry after) {
    deltas.note(transaction, bucket, rows(bucket, before), rows(bucket, after));
  }

  private static Columns rows(BucketDefinition bucket, @Nullable BucketEntry entry) {
    Iterator<BucketEntry> entries =
        Arrays.stream(entry == null ? new BucketEntry[0] : new BucketEntry[] {entry}).iterator();
    return BucketRows.chunk(bucket, entries);
  }

  /** Notes that all of some entries went. */
  void noteGone(Transaction transaction, BucketDefinition bucket, Iterator<BucketEntry> entries) {
    while (entries.hasNext()) {
      deltas.note(transaction, bucket, BucketRows.chunk(bucket, entries), Deltas.NONE);
    }
  }
}

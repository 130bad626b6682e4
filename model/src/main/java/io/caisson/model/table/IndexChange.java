package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.model.statistics.Counts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one index when rows go and others come: entries that stay as they are are not
 * touched. Several changes begin their reads, then check, then write. For one thread.
 */
final class IndexChange {
  private final TableStore store;
  private final Transaction transaction;
  private final TableDefinition table;
  private final IndexDefinition index;
  private final Columns after;
  private final List<IndexLayout.Entry> old;
  private final List<IndexLayout.Entry> entries;
  private final Map<ByteBuffer, byte[]> gone = new HashMap<>();
  private final List<@Nullable CompletableFuture<List<KeyValue>>> found = new ArrayList<>();
  private final Map<ByteBuffer, CompletableFuture<byte[]>> perhaps = new HashMap<>();

  IndexChange(
      TableStore store,
      Transaction transaction,
      TableDefinition table,
      IndexDefinition index,
      Columns before,
      Columns after) {
    this.store = store;
    this.transaction = transaction;
    this.table = table;
    this.index = index;
    this.after = after;
    IndexLayout layout = store.layout(table, index);
    this.old = store.entries(layout, table, before);
    this.entries = store.entries(layout, table, after);
    old.forEach(entry -> gone.put(ByteBuffer.wrap(entry.key()), entry.value()));
  }

  /** Begins to read: who has a unique key, and which old entries are there during a build. */
  void startChecks() {
    if (!index.readable()) {
      old.forEach(e -> perhaps.put(ByteBuffer.wrap(e.key()), transaction.get(e.key())));
    }
    for (IndexLayout.Entry entry : entries) {
      byte[] values = entry.values();
      found.add(
          entry.unique()
              ? transaction.getRange(values, KeyElements.behind(values), 1).asList()
              : null);
    }
  }

  /** Fails where a key that must be the only one is taken. */
  void check() {
    perhaps.forEach(
        (key, value) -> {
          if (value.join() == null) {
            gone.remove(key);
          }
        });
    Set<ByteBuffer> seen = new HashSet<>();
    for (int row = 0; row < entries.size(); row++) {
      CompletableFuture<List<KeyValue>> others = found.get(row);
      if (others == null) {
        continue;
      }
      boolean taken =
          others.join().stream().anyMatch(e -> !gone.containsKey(ByteBuffer.wrap(e.getKey())));
      if (taken || !seen.add(ByteBuffer.wrap(entries.get(row).values()))) {
        throw RowChanges.duplicate(index.name(), RowChanges.keyText(table, index, after, row));
      }
    }
  }

  /** Writes what has changed. */
  void write() {
    long bytes = 0;
    int count = entries.size() - gone.size();
    for (IndexLayout.Entry entry : entries) {
      byte[] before = gone.remove(ByteBuffer.wrap(entry.key()));
      if (before == null || !Arrays.equals(before, entry.value())) {
        transaction.set(entry.key(), entry.value());
      }
      bytes += entry.value().length - (before == null ? 0 : before.length);
    }
    for (Map.Entry<ByteBuffer, byte[]> entry : gone.entrySet()) {
      transaction.clear(entry.getKey().array());
      bytes -= entry.getValue().length;
    }
    store.count(transaction, table, index.id(), new Counts(0, bytes, count));
  }
}

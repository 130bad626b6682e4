package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.statistics.Counts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One change of rows of one table: what goes, what comes, and what becomes of the indexes. All
 * reads and checks come before the first write. For one thread.
 */
final class RowChanges {
  private static final Columns NONE = new Columns(List.of(), 0);

  private final TableStore store;
  private final Transaction transaction;
  private final TableDefinition table;
  private Columns before = NONE;
  private Columns after = NONE;

  RowChanges(TableStore store, Transaction transaction, TableDefinition table) {
    this.store = store;
    this.transaction = transaction;
    this.table = table;
  }

  /** The error that a key is taken. */
  static CaissonException duplicate(String constraint, String key) {
    return new CaissonException(
        SqlState.UNIQUE_VIOLATION,
        "duplicate key value violates unique constraint \""
            + constraint
            + "\": key "
            + key
            + " already exists");
  }

  /** Rows that go. */
  void remove(Columns rows) {
    before = rows;
  }

  /** Rows that come. */
  void add(Columns rows) {
    after = rows;
  }

  /** Checks keys and writes. */
  void apply() {
    RowLayout layout = store.layout(table);
    TableStore.Entries old = TableStore.Entries.of(layout, before);
    TableStore.Entries entries = TableStore.Entries.of(layout, after);
    entries.checkNew(transaction, old.keySet());
    var indexes = new ArrayList<IndexChange>();
    for (IndexDefinition index : table.indexes()) {
      IndexLayout of = store.layout(table, index);
      indexes.add(
          new IndexChange(
              index, store.entries(of, table, before), store.entries(of, table, after)));
    }
    indexes.forEach(IndexChange::startChecks);
    indexes.forEach(IndexChange::check);
    long bytes = 0;
    for (int row = 0; row < before.size(); row++) {
      transaction.clear(old.keys().get(row));
      bytes -= old.values().get(row).length;
    }
    for (int row = 0; row < after.size(); row++) {
      transaction.set(entries.keys().get(row), entries.values().get(row));
      bytes += entries.values().get(row).length;
    }
    int rows = after.size() - before.size();
    store.count(transaction, table, 0, new Counts(rows, bytes, rows));
    indexes.forEach(IndexChange::write);
  }

  /** What becomes of one index: entries that stay as they are are not touched. */
  private final class IndexChange {
    private final IndexDefinition index;
    private final Map<ByteBuffer, byte[]> gone = new HashMap<>();
    private final List<IndexLayout.Entry> old;
    private final List<IndexLayout.Entry> entries;
    private final List<@Nullable CompletableFuture<List<KeyValue>>> found = new ArrayList<>();
    private final Map<ByteBuffer, CompletableFuture<byte[]>> perhaps = new HashMap<>();

    IndexChange(
        IndexDefinition index, List<IndexLayout.Entry> old, List<IndexLayout.Entry> entries) {
      this.index = index;
      this.old = old;
      this.entries = entries;
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
          throw duplicate(index.name(), keyText(table, index, after, row));
        }
      }
    }

    void write() {
      long bytes = 0;
      int count = entries.size() - gone.size();
      for (IndexLayout.Entry entry : entries) {
        byte[] old = gone.remove(ByteBuffer.wrap(entry.key()));
        if (old == null || !java.util.Arrays.equals(old, entry.value())) {
          transaction.set(entry.key(), entry.value());
        }
        bytes += entry.value().length - (old == null ? 0 : old.length);
      }
      for (Map.Entry<ByteBuffer, byte[]> entry : gone.entrySet()) {
        transaction.clear(entry.getKey().array());
        bytes -= entry.getValue().length;
      }
      store.count(transaction, table, index.id(), new Counts(0, bytes, count));
    }
  }

  /** The key of a row in an index as an error shows it. */
  static String keyText(TableDefinition table, IndexDefinition index, Columns rows, int row) {
    boolean plain = index.keys().stream().allMatch(key -> key.column().isPresent());
    if (plain) {
      return RowText.of(
          table,
          index.keys().stream().map(key -> table.positionOf(key.column().getAsInt())).toList(),
          rows,
          row);
    }
    var names = new StringJoiner(", ", "(", ")");
    for (IndexDefinition.IndexKey key : index.keys()) {
      names.add(
          key instanceof IndexDefinition.ExpressionKey expression
              ? expression.expression()
              : table.columnOf(key.column().getAsInt()).name());
    }
    return names + " of row " + RowText.of(table, rows, row);
  }
}

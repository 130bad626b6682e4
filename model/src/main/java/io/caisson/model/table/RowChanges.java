package io.caisson.model.table;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.statistics.Counts;
import java.util.List;
import java.util.StringJoiner;

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
    List<IndexChange> indexes =
        table.indexes().stream()
            .map(index -> new IndexChange(store, transaction, table, index, before, after))
            .toList();
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

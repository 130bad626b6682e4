package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedObject;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;

/**
 * Indexes over rows that another store keeps, as documents are: their entries change in the
 * transaction that changes the rows, and find primary keys. Thread-safe.
 */
public final class RowIndexes {
  private final TableStore store;

  /**
   * Indexes beside those of tables.
   *
   * @param store knows the indexes' layouts and evaluates their expressions
   */
  public RowIndexes(TableStore store) {
    this.store = store;
  }

  /**
   * Enters a change of rows into all indexes.
   *
   * @param object the object as it is in the transaction
   * @param before the rows that go
   * @param after the rows that come
   * @throws CaissonException UNIQUE_VIOLATION, if a unique key is taken; nothing was written then
   */
  public void change(Transaction transaction, IndexedObject object, Columns before, Columns after) {
    TableDefinition table = object.asTable();
    List<IndexChange> changes =
        table.indexes().stream()
            .map(index -> new IndexChange(store, transaction, table, index, before, after))
            .toList();
    changes.forEach(IndexChange::startChecks);
    changes.forEach(IndexChange::check);
    changes.forEach(IndexChange::write);
  }

  /** Forgets what the indexes of an object have. */
  public void clear(Transaction transaction, IndexedObject object) {
    TableDefinition table = object.asTable();
    table.indexes().forEach(index -> store.clear(transaction, table, index));
  }

  /**
   * Reads primary keys by an index.
   *
   * @param object the object as it is in the transaction
   * @param read which entries
   * @param from where the read before ended
   * @throws CaissonException SERIALIZATION_FAILURE, if the index was dropped meanwhile
   */
  public Keys keys(
      ReadTransaction transaction,
      IndexedObject object,
      IndexDefinition index,
      TableRead read,
      TableCursor.Position from) {
    if (object.index(index.id()).filter(IndexDefinition::readable).isEmpty()) {
      throw new CaissonException(
              SqlState.SERIALIZATION_FAILURE,
              "index \"" + index.name() + "\" was dropped meanwhile")
          .withHint("Run the statement again.");
    }
    TableDefinition table = object.asTable();
    IndexLayout layout = store.layout(table, index);
    return new Keys(store.layout(table), layout, new IndexEntries(transaction, layout, read, from));
  }

  /** Primary keys in the order of an index. For one thread. */
  public static final class Keys {
    private final RowLayout rows;
    private final IndexLayout index;
    private final IndexEntries entries;

    private Keys(RowLayout rows, IndexLayout index, IndexEntries entries) {
      this.rows = rows.narrowed(rows.keyTargets());
      this.index = index;
      this.entries = entries;
    }

    /** Whether there are more. */
    public boolean hasNext() {
      return entries.hasNext();
    }

    /** The next keys: the columns of the primary key, at most so many rows. */
    public Columns next(int most) {
      ColumnsBuilder builder = rows.builder();
      for (int row = 0; row < most && entries.hasNext(); row++) {
        KeyValue entry = entries.next();
        rows.keys().decode(index.rowKey(entry.getKey()), builder, rows.keyTargets());
      }
      return builder.build();
    }

    /** Behind which entry the next key comes. */
    public TableCursor.Position position() {
      return entries.position();
    }
  }
}

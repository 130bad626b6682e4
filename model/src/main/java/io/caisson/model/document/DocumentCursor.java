package io.caisson.model.document;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.model.codec.Corruption;
import io.caisson.model.table.RowIndexes;
import io.caisson.model.table.TableCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Documents that an index finds, as rows in its order, a few at once: a document may be large. For
 * one thread.
 */
final class DocumentCursor implements TableCursor {
  private static final int AT_ONCE = 16;

  private final DocumentStore store;
  private final ReadTransaction transaction;
  private final CollectionDefinition collection;
  private final IndexDefinition index;
  private final RowIndexes.Keys keys;

  DocumentCursor(
      DocumentStore store,
      ReadTransaction transaction,
      CollectionDefinition collection,
      IndexDefinition index,
      RowIndexes.Keys keys) {
    this.store = store;
    this.transaction = transaction;
    this.collection = collection;
    this.index = index;
    this.keys = keys;
  }

  @Override
  public Position position() {
    return keys.position();
  }

  @Override
  public boolean hasNext() {
    return keys.hasNext();
  }

  @Override
  public Columns next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var ids = (BytesColumn) keys.next(AT_ONCE).column(0);
    List<AsyncIterator<KeyValue>> begun = new ArrayList<>();
    for (int row = 0; row < ids.size(); row++) {
      begun.add(store.begin(transaction, collection, ids.text(row)));
    }
    ColumnsBuilder rows = DocumentRows.builder(collection);
    for (int row = 0; row < ids.size(); row++) {
      StoredDocument document = store.end(collection, begun.get(row));
      if (document == null) {
        throw Corruption.of(
            "Index \"" + index.name() + "\" of \"" + collection.name() + "\"",
            "it has an entry for document \"" + ids.text(row) + "\", which is not there",
            null);
      }
      DocumentRows.add(document, rows);
    }
    return rows.build();
  }
}

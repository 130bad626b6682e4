package io.caisson.engine.session;

import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.model.table.TableCursor;
import io.caisson.model.table.TableRead;
import io.caisson.model.table.TableStore;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a read, chunk by chunk. When the transaction that it reads through is replaced by
 * another, it goes on there behind the last chunk. For one thread.
 */
final class TablePages implements Iterator<Columns> {
  private final TableStore store;
  private final TableReads reads;
  private final TableDefinition table;
  private final TableRead read;
  private TableCursor.Position position;
  private @Nullable TableCursor cursor;
  private @Nullable Columns ahead;
  private boolean done;

  TablePages(TableStore store, TableReads reads, TableDefinition table, TableRead read) {
    this.store = store;
    this.reads = reads;
    this.table = table;
    this.read = read;
    this.position = TableCursor.Position.start(read);
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !done) {
      ahead =
          reads
              .read(
                  from -> {
                    // What fails leaves no cursor behind: the next attempt makes its own.
                    TableCursor known = cursor;
                    cursor = null;
                    TableCursor current =
                        known == null ? store.scan(from, table, read, position) : known;
                    Optional<Columns> chunk =
                        current.hasNext() ? Optional.of(current.next()) : Optional.empty();
                    cursor = current;
                    return chunk;
                  })
              .orElse(null);
      TableCursor current = cursor;
      if (current != null) {
        position = current.position();
      }
      done = ahead == null;
    }
    return ahead != null;
  }

  @Override
  public Columns next() {
    Columns chunk = hasNext() ? ahead : null;
    if (chunk == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return chunk;
  }
}

package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.column.Columns;
import io.caisson.model.table.TableCursor;
import io.caisson.model.table.TableRead;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a read, chunk by chunk. When the transaction that it reads through is replaced by
 * another, it goes on there behind the last chunk. For one thread.
 */
final class TablePages implements Iterator<Columns> {
  private final Opening opening;
  private final TableReads reads;
  private TableCursor.Position position;
  private @Nullable TableCursor cursor;
  private @Nullable Columns ahead;
  private boolean done;

  /** Begins a read, or goes on with it, in one transaction. */
  @FunctionalInterface
  interface Opening {
    TableCursor open(ReadTransaction transaction, TableCursor.Position from);
  }

  TablePages(TableReads reads, TableRead read, Opening opening) {
    this.opening = opening;
    this.reads = reads;
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
                    TableCursor current = known == null ? opening.open(from, position) : known;
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

package io.caisson.engine.session;

import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TablePage;
import io.caisson.model.table.TableStore;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a part of a table, page by page in key order. For one thread. */
final class TablePages implements Iterator<Columns> {
  private static final int PAGE_BYTES = 256 << 10;

  private final TableStore store;
  private final TableReads reads;
  private final TableDefinition table;
  private final KeyRange part;
  private byte @Nullable [] next;
  private boolean done;
  private @Nullable Columns ahead;

  TablePages(TableStore store, TableReads reads, TableDefinition table, KeyRange part) {
    this.store = store;
    this.reads = reads;
    this.table = table;
    this.part = part;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && !done) {
      TablePage page = reads.read(from -> store.page(from, table, part, next, PAGE_BYTES));
      next = page.next();
      done = next == null;
      ahead = page.rows().size() == 0 ? null : page.rows();
    }
    return ahead != null;
  }

  @Override
  public Columns next() {
    Columns page = hasNext() ? ahead : null;
    if (page == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return page;
  }
}

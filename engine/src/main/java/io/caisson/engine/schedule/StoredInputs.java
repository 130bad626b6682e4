package io.caisson.engine.schedule;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.engine.view.RowPage;
import io.caisson.engine.view.StreamSlice;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TablePage;
import io.caisson.model.table.TableStore;
import io.caisson.model.transaction.TransactionRunner;
import org.jspecify.annotations.Nullable;

/** What views read, from the store, each piece in transactions of its own. Thread-safe. */
public final class StoredInputs implements InputSource {
  /** How many bytes of a table a step of a back-fill takes in, about. */
  private static final int PAGE_BYTES = 512 << 10;

  private final StoredStreams streams;
  private final TableStore tables;
  private final TransactionRunner runner;

  /**
   * The inputs of a database's views.
   *
   * @param streams its streams
   * @param tables its tables
   * @param runner runs the transactions
   */
  public StoredInputs(StoredStreams streams, TableStore tables, TransactionRunner runner) {
    this.streams = streams;
    this.tables = tables;
    this.runner = runner;
  }

  @Override
  public long readVersion() {
    return runner.read(transaction -> transaction.getReadVersion().join());
  }

  @Override
  public StreamSlice read(StreamDefinition stream, long after, long through) {
    return streams.read(stream, after, through);
  }

  @Override
  public RowPage page(CatalogObject table, byte @Nullable [] after) {
    return runner.read(
        transaction -> {
          long version = transaction.getReadVersion().join();
          TablePage page =
              tables.page(
                  transaction.snapshot(), (TableDefinition) table, KeyRange.ALL, after, PAGE_BYTES);
          return new RowPage(version, page.rows(), page.next());
        });
  }

  @Override
  public byte[] key(CatalogObject table, Columns rows, int row) {
    return tables.key((TableDefinition) table, rows, row);
  }
}

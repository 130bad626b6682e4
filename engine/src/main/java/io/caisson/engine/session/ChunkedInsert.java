package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.ScanSource;
import io.caisson.sql.write.WritePlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT in as many transactions as it takes: the source is read once, as a SELECT reads it, and
 * its rows are written page by page. For one thread.
 */
final class ChunkedInsert {
  private final SessionServices services;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final QueryStatements queries;

  ChunkedInsert(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.services = services;
    this.catalog = catalog;
    this.cancellation = cancellation;
    this.queries = new QueryStatements(services, settings, catalog, cancellation);
  }

  WriteStatements.Outcome run(WritePlan.Insert insert) {
    if (insert.returning() != null) {
      throw ChunkedWrites.refusal("RETURNING is not possible");
    }
    try (QueryStatements.Reading reading = queries.reading(insert.source());
        RunningStatements.Running running =
            services.stores().live().begin("INSERT", insert.target())) {
      long count = write(insert, reading.rows(), reading.scan(), running);
      return new WriteStatements.Outcome("INSERT 0 " + count, count, List.of(), List.of());
    }
  }

  private long write(
      WritePlan.Insert insert,
      CloseableIterator<@Nullable Object[]> rows,
      ScanSource scan,
      RunningStatements.Running running) {
    var buffer = new RowBuffer(columns(insert));
    long count = 0;
    int transactions = 0;
    try {
      while (more(rows, buffer)) {
        cancellation.check();
        Columns page = buffer.build();
        count += store(insert, page, scan, transactions == 0);
        transactions++;
        running.committed(count, transactions);
      }
    } catch (CaissonException e) {
      throw transactions == 0 ? e : ChunkedWrites.interrupted(e, count, transactions);
    }
    return count;
  }

  private static List<ColumnDefinition> columns(WritePlan.Insert insert) {
    var columns = new ArrayList<ColumnDefinition>();
    for (int position : insert.columns()) {
      columns.add(insert.target().columns().get(position));
    }
    return columns;
  }

  /** Fills the buffer with a page; false where there are no more rows. */
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private static boolean more(CloseableIterator<@Nullable Object[]> rows, RowBuffer buffer) {
    while (buffer.byteSize() < ChunkedWrites.CHUNK_BYTES && rows.hasNext()) {
      buffer.add(rows.next(), 0);
    }
    return buffer.size() > 0;
  }

  private long store(WritePlan.Insert insert, Columns page, ScanSource scan, boolean first) {
    return services
        .runner()
        .run(
            transaction -> {
              if (services.catalog().version(transaction) != catalog.version()) {
                throw first ? new CatalogMoved() : ChunkedWrites.moved();
              }
              var working = new WorkingTransaction(services, transaction);
              return new WriteStatements(working, scan).store(insert, page).count();
            });
  }
}

package io.caisson.sql.write;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.ScanRequest;
import io.caisson.sql.run.ScanSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions over rows that are handed to them: a query whose FROM is in memory. Its sub-queries
 * may read the catalog's objects all the same. Immutable and thread-safe.
 *
 * @param rows what the rows look like, as a stream that is in no catalog
 * @param query the query over them, one row of its answer for each of them
 */
public record RowsQuery(StreamDefinition rows, PreparedQuery query) {
  /** The number by which the rows are known; no object of a catalog has it. */
  static final long ID = -1;

  /** The name by which the rows are known while they are planned. */
  static final String NAME = "$rows";

  /**
   * Computes the expressions.
   *
   * @param given the rows
   * @param others where sub-queries read
   */
  public CloseableIterator<@Nullable Object[]> run(Columns given, ScanSource others) {
    return query.run(new Handed(given, others));
  }

  /** The rows that are handed in, and behind them whatever else there is. */
  private record Handed(Columns given, ScanSource others) implements ScanSource {
    @Override
    public Iterator<Columns> scan(CatalogObject object, ScanRequest request) {
      if (object.id() != ID) {
        return others.scan(object, request);
      }
      var columns = new ArrayList<Column>();
      for (int column : request.columns()) {
        columns.add(given.column(column));
      }
      return List.of(new Columns(columns, given.size())).iterator();
    }

    @Override
    public void check() {
      others.check();
    }

    @Override
    public long memory() {
      return others.memory();
    }
  }
}

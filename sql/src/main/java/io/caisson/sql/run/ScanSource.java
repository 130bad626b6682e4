package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;
import io.caisson.column.Columns;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;

/** Where a query's rows come from: the engine. Used by the thread that runs the query. */
public interface ScanSource {
  /**
   * Rows of an object, in as many pieces as is convenient. An iterator that is {@link
   * AutoCloseable} is closed when the query is.
   *
   * @param object the object to read
   * @param request what of it
   */
  Iterator<Columns> scan(CatalogObject object, ScanRequest request);

  /** The time zone in which the query reads and writes instants as text. */
  default ZoneId timeZone() {
    return ZoneOffset.UTC;
  }

  /** Fails where the statement has been cancelled; asked by what runs long without reading. */
  default void check() {}

  /** How many bytes of rows the statement may hold at once. */
  default long memory() {
    return Runtime.getRuntime().maxMemory() / 4;
  }
}

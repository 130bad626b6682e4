package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.column.Columns;

/** Says in which order rows of tables are read. Thread-safe. */
@FunctionalInterface
public interface RowKeys {
  /**
   * The key of a row, whose bytes sort as rows are read.
   *
   * @param table the table, or what is like one
   * @param rows rows with all its columns
   * @param row which of them
   */
  byte[] key(CatalogObject table, Columns rows, int row);
}

package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.column.Columns;

/** What rows of tables, and of what is like one, look like to views. Thread-safe. */
public interface TableRowForm {
  /**
   * The key of a row, whose bytes sort as rows are read.
   *
   * @param table the table, or what is like one
   * @param rows rows with all its columns
   * @param row which of them
   */
  byte[] key(CatalogObject table, Columns rows, int row);

  /**
   * Rows of a table as its log has them, with all columns that the view knows.
   *
   * @param table the table, or what is like one
   * @param logged the rows, with the columns of the log behind the weight, in the order of the
   *     relation's
   */
  Columns logged(CatalogObject table, Columns logged);
}

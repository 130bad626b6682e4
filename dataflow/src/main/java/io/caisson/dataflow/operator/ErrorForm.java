package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import java.util.List;

/** Says what is kept of a row that an expression fails on. Deterministic; for one thread. */
public interface ErrorForm {
  /** Nothing is kept: the row is only left out. */
  ErrorForm NOTHING =
      new ErrorForm() {
        @Override
        public void add(Columns rows, int row, CaissonException error, ColumnsBuilder kept) {
          throw new IllegalStateException("nothing is kept");
        }

        @Override
        public ErrorForm ofColumns(List<Integer> columns) {
          return this;
        }
      };

  /**
   * Adds what is kept of a row.
   *
   * @param rows the rows, with the columns that the expression sees
   * @param row which of them
   * @param error why it fails
   * @param kept takes the row, with the columns of the circuit's error rows
   */
  void add(Columns rows, int row, CaissonException error, ColumnsBuilder kept);

  /** The same of rows with some of the columns only. */
  ErrorForm ofColumns(List<Integer> columns);
}

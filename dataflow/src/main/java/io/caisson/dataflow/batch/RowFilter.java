package io.caisson.dataflow.batch;

import io.caisson.column.Columns;

/** A compiled condition. Deterministic; not necessarily thread-safe. */
@FunctionalInterface
public interface RowFilter {
  /**
   * Finds the rows for which the condition is true.
   *
   * @param rows the rows
   * @param selected filled from its begin with the positions of those rows, ascending; at least as
   *     long as there are rows
   * @return how many there are
   */
  int select(Columns rows, int[] selected);
}

package io.caisson.engine.compile;

import io.caisson.column.Column;
import io.caisson.column.Columns;

/**
 * What a generated projection implements. Public only because generated classes live in class
 * loaders of their own. Not thread-safe.
 */
public interface ColumnLoops {
  /**
   * Computes columns.
   *
   * @param rows the rows to compute from
   * @param outputs where the columns go, at the positions of their expressions; the positions of
   *     plain columns are left alone
   */
  void run(Columns rows, Column[] outputs);
}

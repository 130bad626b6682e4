package io.caisson.dataflow.batch;

import io.caisson.column.Columns;

/** Compiled expressions. Deterministic; not necessarily thread-safe. */
@FunctionalInterface
public interface Projection {
  /** The values of the expressions for each row, in the rows' order. */
  Columns project(Columns rows);
}

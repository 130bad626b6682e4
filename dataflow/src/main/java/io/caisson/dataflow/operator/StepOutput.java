package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.SortedRows;

/**
 * What a step changed in a view. Immutable.
 *
 * @param rows change of the view's rows
 * @param late change of its late rows
 * @param errors change of the rows that expressions failed on
 */
public record StepOutput(SortedRows rows, SortedRows late, SortedRows errors) {
  /** Nothing changed. */
  public static final StepOutput NONE =
      new StepOutput(SortedRows.EMPTY, SortedRows.EMPTY, SortedRows.EMPTY);

  /** Whether nothing changed. */
  public boolean isEmpty() {
    return rows.isEmpty() && late.isEmpty() && errors.isEmpty();
  }
}

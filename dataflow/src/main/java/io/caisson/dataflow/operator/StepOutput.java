package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.SortedRows;

/**
 * What a step changed in a view. Immutable.
 *
 * @param rows change of the view's rows
 * @param late change of its late rows
 */
public record StepOutput(SortedRows rows, SortedRows late) {
  /** Whether nothing changed. */
  public boolean isEmpty() {
    return rows.isEmpty() && late.isEmpty();
  }
}

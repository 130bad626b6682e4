package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.batch.RowFilter;

/** Lets the rows pass for which a condition is true. Linear: needs no state. */
public final class FilterOperator implements UnaryOperator {
  private final RowFilter filter;
  private int[] selected = new int[0];

  /** A filter by a compiled condition. */
  public FilterOperator(RowFilter filter) {
    this.filter = filter;
  }

  @Override
  public void process(Batch input, Output out) {
    if (selected.length < input.size()) {
      selected = new int[input.size()];
    }
    int count = filter.select(input.rows(), selected);
    if (count == input.size()) {
      out.emit(input);
    } else if (count > 0) {
      out.emit(Batches.gather(input, selected, count));
    }
  }
}

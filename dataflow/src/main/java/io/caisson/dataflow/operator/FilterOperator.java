package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.error.CaissonException;
import org.jspecify.annotations.Nullable;

/** Lets the rows pass for which a condition is true. Linear: needs no state. */
public final class FilterOperator implements UnaryOperator {
  private final RowFilter filter;
  private final @Nullable ErrorOutput errors;
  private int[] selected = new int[0];

  /** A filter by a compiled condition. */
  public FilterOperator(RowFilter filter) {
    this(filter, null);
  }

  /**
   * A filter by a compiled condition.
   *
   * @param errors takes rows that it fails on; null where they end the view
   */
  FilterOperator(RowFilter filter, @Nullable ErrorOutput errors) {
    this.filter = filter;
    this.errors = errors;
  }

  @Override
  public void process(Batch input, Output out) {
    if (selected.length < input.size()) {
      selected = new int[input.size()];
    }
    Batch good = input;
    int count;
    try {
      count = filter.select(input.rows(), selected);
    } catch (CaissonException e) {
      if (errors == null) {
        throw e;
      }
      good = errors.without(input, e, rows -> filter.select(rows, selected));
      count = filter.select(good.rows(), selected);
    }
    pass(good, count, out);
  }

  private void pass(Batch input, int count, Output out) {
    if (count == input.size()) {
      out.emit(input);
    } else if (count > 0) {
      out.emit(Batches.gather(input, selected, count));
    }
  }
}

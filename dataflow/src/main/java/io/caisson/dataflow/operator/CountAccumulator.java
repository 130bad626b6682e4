package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;

/** COUNT: the sum of the weights. Takes retractions. */
final class CountAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private long[] counts = new long[0];
  private long current;

  CountAccumulator(AggregateSpec spec) {
    this.spec = spec;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    counts = StepArrays.grown(counts, table.size());
    var counting = new CountingRows(spec, batch.rows());
    int size = batch.size();
    if (counting.all() && batch.weights() == null) {
      for (int row = 0; row < size; row++) {
        counts[groups[row]]++;
      }
      return;
    }
    for (int row = 0; row < size; row++) {
      if (counting.counts(row)) {
        counts[groups[row]] += batch.weight(row);
      }
    }
  }

  @Override
  public void clear() {
    current = 0;
  }

  @Override
  public void read(RowReader state) {
    current = state.takeLong();
  }

  @Override
  public void add(int group, GroupTable table) {
    current += group < counts.length ? counts[group] : 0;
  }

  /** The current count. */
  long current() {
    return current;
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(current);
  }

  @Override
  public void emit(ColumnBuilder out) {
    out.addLong(current);
  }

  @Override
  public void endStep() {
    counts = StepArrays.cleared(counts);
  }
}

package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.aggregate.DoubleSum;

/**
 * SUM and AVG of doubles. The sum is exact and is rounded once when it is put out, so that it does
 * not depend on the order or the batches in which rows came, and a retraction leaves no trace; a
 * plain double, or a compensated one, would differ in its last bits from one run to the next, and
 * after taking back 1e300 have lost everything else. NaN and the infinities are counted apart. An
 * exact sum beyond all doubles gives an infinity; a sum of zeros gives 0, never -0.
 *
 * <p>Within a step each group adds up in doubles. At the end of the step all of it goes into an
 * exact sum, which the group's state holds in compact form, some 10 to 20 bytes for numbers of
 * everyday size.
 */
final class DoubleSumAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final int argument;
  private final boolean average;
  private final StepDoubles changes = new StepDoubles();
  private final DoubleSum current = new DoubleSum();

  DoubleSumAccumulator(AggregateSpec spec) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.average = spec.function() == AggregateSpec.Function.AVG;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    changes.grow(table.size());
    var values = (DoubleColumn) batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    boolean all = counting.all();
    for (int row = 0; row < batch.size(); row++) {
      if (all || counting.counts(row)) {
        changes.add(groups[row], values.value(row), batch.weight(row));
      }
    }
  }

  @Override
  public void clear() {
    current.clear();
  }

  @Override
  public void read(RowReader state) {
    StepDoubles.read(state, current);
  }

  @Override
  public void add(int group, GroupTable table) {
    changes.addTo(group, current);
  }

  @Override
  public void write(RowBuffer state) {
    StepDoubles.write(current, state);
  }

  @Override
  public void emit(ColumnBuilder out) {
    if (current.count() == 0) {
      out.addNull();
    } else {
      out.addDouble(average ? current.average() : current.sum());
    }
  }

  @Override
  public void endStep() {
    changes.clear();
  }
}

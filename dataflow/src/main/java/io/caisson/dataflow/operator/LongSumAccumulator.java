package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.aggregate.BigintSum;

/**
 * SUM and AVG of integers, added up in 128 bits: the order of additions does not matter, and only a
 * sum that is out of range at the end of a step is an error (22003), wherever it has been on the
 * way. AVG is the exact sum, rounded to a double, divided by the count; it never overflows. Takes
 * retractions.
 */
final class LongSumAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final int argument;
  private final boolean average;
  private long[] counts = new long[0];
  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private long currentCount;
  private long currentHigh;
  private long currentLow;

  LongSumAccumulator(AggregateSpec spec) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.average = spec.function() == AggregateSpec.Function.AVG;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    counts = StepArrays.grown(counts, table.size());
    highs = StepArrays.grown(highs, table.size());
    lows = StepArrays.grown(lows, table.size());
    var values = (LongColumn) batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    boolean all = counting.all();
    boolean inserts = batch.weights() == null;
    for (int row = 0; row < batch.size(); row++) {
      if (all || counting.counts(row)) {
        int group = groups[row];
        long value = values.value(row);
        if (inserts) {
          counts[group]++;
          addTo(group, value >> 63, value);
        } else {
          long weight = batch.weight(row);
          counts[group] += weight;
          addTo(group, Math.multiplyHigh(value, weight), value * weight);
        }
      }
    }
  }

  private void addTo(int group, long high, long low) {
    long sum = lows[group] + low;
    highs[group] += high + carry(sum, low);
    lows[group] = sum;
  }

  private static long carry(long sum, long addend) {
    return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
  }

  @Override
  public void clear() {
    currentCount = 0;
    currentHigh = 0;
    currentLow = 0;
  }

  @Override
  public void read(RowReader state) {
    currentCount = state.takeLong();
    currentHigh = state.takeLong();
    currentLow = state.takeLong();
  }

  @Override
  public void add(int group, GroupTable table) {
    if (group < counts.length) {
      currentCount += counts[group];
      currentLow += lows[group];
      currentHigh += highs[group] + carry(currentLow, lows[group]);
    }
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(currentCount);
    state.appendLong(currentHigh);
    state.appendLong(currentLow);
  }

  @Override
  public void emit(ColumnBuilder out) {
    if (currentCount == 0) {
      out.addNull();
    } else if (average) {
      out.addDouble(BigintSum.toDouble(currentHigh, currentLow) / currentCount);
    } else {
      out.addLong(BigintSum.toBigint(currentHigh, currentLow));
    }
  }

  @Override
  public void endStep() {
    counts = StepArrays.cleared(counts);
    highs = StepArrays.cleared(highs);
    lows = StepArrays.cleared(lows);
  }
}

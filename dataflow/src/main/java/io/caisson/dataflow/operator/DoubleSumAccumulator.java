package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.aggregate.ExactSum;

/**
 * SUM and AVG of doubles. The sum is exact and is rounded once when it is put out, so that it does
 * not depend on the order or the batches in which rows came, and a retraction leaves no trace; a
 * plain double, or a compensated one, would differ in its last bits from one run to the next, and
 * after taking back 1e300 have lost everything else. NaN and the infinities are counted apart. An
 * exact sum beyond all doubles gives an infinity; a sum of zeros gives 0, never -0.
 *
 * <p>Within a step each group adds up in two doubles, the second one taking the rounding errors of
 * the first: as long as the second needs no rounding, the two are the exact sum. Where it does, the
 * remainder is kept apart in a list. At the end of the step all of it goes into an {@link
 * ExactSum}, which the group's state holds in compact form, some 10 to 20 bytes for numbers of
 * everyday size.
 */
final class DoubleSumAccumulator implements Accumulator {
  /** Beyond it the rounding error could overflow while it is computed. */
  private static final double LARGEST_PLAIN_SUM = 1e300;

  private final AggregateSpec spec;
  private final int argument;
  private final boolean average;

  private long[] counts = new long[0];
  private long[] notANumbers = new long[0];
  private long[] infinities = new long[0];
  private long[] negativeInfinities = new long[0];
  private double[] sums = new double[0];
  private double[] errors = new double[0];

  /** For each group, from 1, its first entry among the remainders; 0 where it has none. */
  private int[] firstRemainder = new int[0];

  private int remainderCount;
  private double[] remainders = new double[0];
  private long[] remainderWeights = new long[0];
  private int[] nextRemainder = new int[0];

  private final ExactSum current = new ExactSum();
  private long currentCount;
  private long currentNotANumbers;
  private long currentInfinities;
  private long currentNegativeInfinities;

  DoubleSumAccumulator(AggregateSpec spec) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.average = spec.function() == AggregateSpec.Function.AVG;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    grow(table.size());
    var values = (DoubleColumn) batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    boolean all = counting.all();
    for (int row = 0; row < batch.size(); row++) {
      if (all || counting.counts(row)) {
        int group = groups[row];
        long weight = batch.weight(row);
        double value = values.value(row);
        counts[group] += weight;
        if (!Double.isFinite(value)) {
          addSpecial(group, value, weight);
        } else if (weight == 1) {
          addTo(group, value);
        } else if (weight == -1) {
          addTo(group, -value);
        } else {
          addRemainder(group, value, weight);
        }
      }
    }
  }

  private void grow(int groups) {
    counts = StepArrays.grown(counts, groups);
    notANumbers = StepArrays.grown(notANumbers, groups);
    infinities = StepArrays.grown(infinities, groups);
    negativeInfinities = StepArrays.grown(negativeInfinities, groups);
    sums = StepArrays.grown(sums, groups);
    errors = StepArrays.grown(errors, groups);
    firstRemainder = StepArrays.grown(firstRemainder, groups);
  }

  private void addSpecial(int group, double value, long weight) {
    if (Double.isNaN(value)) {
      notANumbers[group] += weight;
    } else if (value > 0) {
      infinities[group] += weight;
    } else {
      negativeInfinities[group] += weight;
    }
  }

  private void addTo(int group, double value) {
    double before = sums[group];
    double sum = before + value;
    if (!(Math.abs(sum) < LARGEST_PLAIN_SUM)) {
      addRemainder(group, value, 1);
      return;
    }
    sums[group] = sum;
    double error = roundingError(before, value, sum);
    if (error != 0) {
      double errorBefore = errors[group];
      double errorSum = errorBefore + error;
      errors[group] = errorSum;
      double remainder = roundingError(errorBefore, error, errorSum);
      if (remainder != 0) {
        addRemainder(group, remainder, 1);
      }
    }
  }

  /** What is missing of a + b in their rounded sum; exact (Knuth's TwoSum). */
  private static double roundingError(double a, double b, double sum) {
    double partOfB = sum - a;
    return (a - (sum - partOfB)) + (b - partOfB);
  }

  private void addRemainder(int group, double value, long weight) {
    int entry = remainderCount++;
    remainders = StepArrays.grown(remainders, remainderCount);
    remainderWeights = StepArrays.grown(remainderWeights, remainderCount);
    nextRemainder = StepArrays.grown(nextRemainder, remainderCount);
    remainders[entry] = value;
    remainderWeights[entry] = weight;
    nextRemainder[entry] = firstRemainder[group];
    firstRemainder[group] = entry + 1;
  }

  @Override
  public void clear() {
    current.clear();
    currentCount = 0;
    currentNotANumbers = 0;
    currentInfinities = 0;
    currentNegativeInfinities = 0;
  }

  @Override
  public void read(RowReader state) {
    currentCount = state.takeLong();
    currentNotANumbers = state.takeLong();
    currentInfinities = state.takeLong();
    currentNegativeInfinities = state.takeLong();
    state.takeBytes();
    current.decode(state.value(), state.valueStart(), state.valueLength());
  }

  @Override
  public void add(int group, GroupTable table) {
    if (group >= counts.length) {
      return;
    }
    currentCount += counts[group];
    currentNotANumbers += notANumbers[group];
    currentInfinities += infinities[group];
    currentNegativeInfinities += negativeInfinities[group];
    current.add(sums[group], 1);
    current.add(errors[group], 1);
    for (int entry = firstRemainder[group]; entry != 0; entry = nextRemainder[entry - 1]) {
      current.add(remainders[entry - 1], remainderWeights[entry - 1]);
    }
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(currentCount);
    state.appendLong(currentNotANumbers);
    state.appendLong(currentInfinities);
    state.appendLong(currentNegativeInfinities);
    int length = current.encode();
    state.appendBytes(current.encoded(), 0, length);
  }

  @Override
  public void emit(ColumnBuilder out) {
    if (currentCount == 0) {
      out.addNull();
    } else {
      out.addDouble(average ? sum() / currentCount : sum());
    }
  }

  private double sum() {
    return DoubleSum.sum(current, currentNotANumbers, currentInfinities, currentNegativeInfinities);
  }

  @Override
  public void endStep() {
    counts = StepArrays.cleared(counts);
    notANumbers = StepArrays.cleared(notANumbers);
    infinities = StepArrays.cleared(infinities);
    negativeInfinities = StepArrays.cleared(negativeInfinities);
    sums = StepArrays.cleared(sums);
    errors = StepArrays.cleared(errors);
    firstRemainder = StepArrays.cleared(firstRemainder);
    remainderCount = 0;
    remainders = StepArrays.cleared(remainders);
    remainderWeights = StepArrays.cleared(remainderWeights);
    nextRemainder = StepArrays.cleared(nextRemainder);
  }
}

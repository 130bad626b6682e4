package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.function.aggregate.DoubleSum;

/**
 * For each group of a step an exact sum of doubles, those that are not finite counted apart; and
 * how such a sum stands in a group's state. For one thread.
 */
final class StepDoubles {
  private long[] counts = new long[0];
  private long[] notANumbers = new long[0];
  private long[] infinities = new long[0];
  private long[] negativeInfinities = new long[0];
  private final StepSums finite = new StepSums();

  /** Makes room for groups. */
  void grow(int groups) {
    counts = StepArrays.grown(counts, groups);
    notANumbers = StepArrays.grown(notANumbers, groups);
    infinities = StepArrays.grown(infinities, groups);
    negativeInfinities = StepArrays.grown(negativeInfinities, groups);
    finite.grow(groups);
  }

  /** Adds a number to the sum of a group, weight times. */
  void add(int group, double value, long weight) {
    counts[group] += weight;
    if (Double.isFinite(value)) {
      finite.add(group, value, weight);
    } else if (Double.isNaN(value)) {
      notANumbers[group] += weight;
    } else if (value > 0) {
      infinities[group] += weight;
    } else {
      negativeInfinities[group] += weight;
    }
  }

  /** Adds the sum of a group to another sum. */
  void addTo(int group, DoubleSum target) {
    if (group < counts.length) {
      target.addCounts(
          counts[group], notANumbers[group], infinities[group], negativeInfinities[group]);
      finite.addTo(group, target.finite());
    }
  }

  /** Forgets all sums. */
  void clear() {
    counts = StepArrays.cleared(counts);
    notANumbers = StepArrays.cleared(notANumbers);
    infinities = StepArrays.cleared(infinities);
    negativeInfinities = StepArrays.cleared(negativeInfinities);
    finite.clear();
  }

  /** Makes a sum the one that {@link #write} wrote. */
  static void read(RowReader state, DoubleSum target) {
    target.clear();
    target.addCounts(state.takeLong(), state.takeLong(), state.takeLong(), state.takeLong());
    state.takeBytes();
    target.finite().decode(state.value(), state.valueStart(), state.valueLength());
  }

  /** Writes a sum. */
  static void write(DoubleSum sum, RowBuffer state) {
    state.appendLong(sum.count());
    state.appendLong(sum.notANumbers());
    state.appendLong(sum.infinities());
    state.appendLong(sum.negativeInfinities());
    int length = sum.finite().encode();
    state.appendBytes(sum.finite().encoded(), 0, length);
  }
}

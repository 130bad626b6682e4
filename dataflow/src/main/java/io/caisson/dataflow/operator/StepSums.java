package io.caisson.dataflow.operator;

import io.caisson.function.aggregate.ExactSum;

/**
 * For each group of a step an exact sum of finite doubles. Each group adds up in two doubles, the
 * second one taking the rounding errors of the first: as long as the second needs no rounding, the
 * two are the exact sum. Where it does, the remainder is kept apart in a list. For one thread.
 */
final class StepSums {
  /** Beyond it the rounding error could overflow while it is computed. */
  private static final double LARGEST_PLAIN_SUM = 1e300;

  private double[] sums = new double[0];
  private double[] errors = new double[0];

  /** For each group, from 1, its first entry among the remainders; 0 where it has none. */
  private int[] firstRemainder = new int[0];

  private int remainderCount;
  private double[] remainders = new double[0];
  private long[] remainderWeights = new long[0];
  private int[] nextRemainder = new int[0];

  /** Makes room for groups. */
  void grow(int groups) {
    sums = StepArrays.grown(sums, groups);
    errors = StepArrays.grown(errors, groups);
    firstRemainder = StepArrays.grown(firstRemainder, groups);
  }

  /** Adds a finite number to the sum of a group, weight times. */
  void add(int group, double value, long weight) {
    if (weight == 1) {
      add(group, value);
    } else if (weight == -1) {
      add(group, -value);
    } else {
      addRemainder(group, value, weight);
    }
  }

  private void add(int group, double value) {
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

  /** Adds the sum of a group to another sum. */
  void addTo(int group, ExactSum target) {
    if (group >= sums.length) {
      return;
    }
    target.add(sums[group], 1);
    target.add(errors[group], 1);
    for (int entry = firstRemainder[group]; entry != 0; entry = nextRemainder[entry - 1]) {
      target.add(remainders[entry - 1], remainderWeights[entry - 1]);
    }
  }

  /** Forgets all sums. */
  void clear() {
    sums = StepArrays.cleared(sums);
    errors = StepArrays.cleared(errors);
    firstRemainder = StepArrays.cleared(firstRemainder);
    remainderCount = 0;
    remainders = StepArrays.cleared(remainders);
    remainderWeights = StepArrays.cleared(remainderWeights);
    nextRemainder = StepArrays.cleared(nextRemainder);
  }
}

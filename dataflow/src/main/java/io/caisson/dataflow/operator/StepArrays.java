package io.caisson.dataflow.operator;

import java.util.Arrays;

/** Arrays with an entry for each group of a step, zero at first. Stateless. */
final class StepArrays {
  private static final int FIRST = 64;

  /** Longer arrays are given up at the end of a step: the next one may touch a single group. */
  private static final int LARGE = 1 << 14;

  private StepArrays() {}

  static long[] grown(long[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, length(groups));
  }

  static int[] grown(int[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, length(groups));
  }

  static double[] grown(double[] array, int groups) {
    return groups <= array.length ? array : Arrays.copyOf(array, length(groups));
  }

  private static int length(int groups) {
    return Math.max(FIRST, Math.max(groups, (int) Math.min(2L * groups, Integer.MAX_VALUE - 16)));
  }

  static long[] cleared(long[] array) {
    if (array.length > LARGE) {
      return new long[0];
    }
    Arrays.fill(array, 0);
    return array;
  }

  static int[] cleared(int[] array) {
    if (array.length > LARGE) {
      return new int[0];
    }
    Arrays.fill(array, 0);
    return array;
  }

  static double[] cleared(double[] array) {
    if (array.length > LARGE) {
      return new double[0];
    }
    Arrays.fill(array, 0);
    return array;
  }
}

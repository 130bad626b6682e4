package io.caisson.cli.demo;

import java.util.Arrays;

/** The last measured delays, for percentiles. For one thread. */
final class Latencies {
  private static final int KEPT = 4_096;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] nanos = new long[KEPT];
  private long count;

  void add(long delayNanos) {
    nanos[(int) (count++ % KEPT)] = delayNanos;
  }

  long count() {
    return count;
  }

  /** The delay in milliseconds that the given share of all delays does not exceed. */
  double percentileMillis(double share) {
    int size = (int) Math.min(count, KEPT);
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * size) - 1;
    return sorted[Math.max(0, Math.min(size - 1, index))] / NANOS_PER_MILLI;
  }
}

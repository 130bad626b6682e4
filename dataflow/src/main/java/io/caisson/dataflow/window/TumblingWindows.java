package io.caisson.dataflow.window;

/**
 * Windows of one length, one after the other without gaps: a point in time falls into exactly one.
 * At the ends of time windows are cut off rather than wrapped around. Immutable.
 *
 * @param sizeMicros length of a window, positive
 * @param offsetMicros by how much windows begin after multiples of their length since 1970-01-01
 */
public record TumblingWindows(long sizeMicros, long offsetMicros) {
  /** Checks the size. */
  public TumblingWindows {
    if (sizeMicros <= 0) {
      throw new IllegalArgumentException("window size " + sizeMicros);
    }
  }

  /** When the window begins into which a time falls. */
  public long startOf(long timeMicros) {
    long passed = Math.floorMod(timeMicros, sizeMicros) - Math.floorMod(offsetMicros, sizeMicros);
    if (passed < 0) {
      passed += sizeMicros;
    }
    long start = timeMicros - passed;
    return start > timeMicros ? Long.MIN_VALUE : start;
  }

  /** When the window ends, exclusive, into which a time falls. */
  public long endOf(long timeMicros) {
    long passed = Math.floorMod(timeMicros, sizeMicros) - Math.floorMod(offsetMicros, sizeMicros);
    if (passed < 0) {
      passed += sizeMicros;
    }
    long end = timeMicros + (sizeMicros - passed);
    return end < timeMicros ? Long.MAX_VALUE : end;
  }
}

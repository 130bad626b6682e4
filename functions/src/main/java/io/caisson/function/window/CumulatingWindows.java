package io.caisson.function.window;

/**
 * Windows that begin together and end one step after the other, up to a greatest length; then the
 * next ones begin. A point in time falls into all of them that have not ended. Immutable.
 *
 * <pre>
 *   step 5, size 15   ├────┤              ├────┤
 *                     ├─────────┤         ├─────────┤
 *                     ├──────────────┤    ├──────────────┤
 *                     0    5    10   15   20   25   30
 * </pre>
 *
 * @param step by how much a window is longer than the next shorter one, positive
 * @param size the greatest length, a multiple of the step
 * @param offset by how much windows begin after multiples of the size since time 0
 */
public record CumulatingWindows(long step, long size, long offset) implements WindowAssigner {
  /** Checks the lengths. */
  public CumulatingWindows {
    if (step <= 0 || size < step || size % step != 0 || size / step > MOST) {
      throw new IllegalArgumentException("step " + step + ", size " + size);
    }
  }

  @Override
  public int windowsOfATime() {
    return (int) (size / step);
  }

  @Override
  public int assign(long time, long[] starts, long[] ends) {
    var widest = new TumblingWindows(size, offset);
    long start = widest.startOf(time);
    int first = (int) ((time - start) / step);
    int count = windowsOfATime() - first;
    for (int i = 0; i < count; i++) {
      starts[i] = start;
      ends[i] = WindowAssigner.plus(start, (first + i + 1) * step);
    }
    return count;
  }

  @Override
  public CumulatingWindows times(long factor) {
    return new CumulatingWindows(
        Math.multiplyExact(step, factor),
        Math.multiplyExact(size, factor),
        Math.multiplyExact(offset, factor));
  }

  @Override
  public String functionName() {
    return "CUMULATE";
  }
}

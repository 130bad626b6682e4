package io.caisson.function.window;

/**
 * Windows of one length, one after the other without gaps: a point in time falls into exactly one.
 * Immutable.
 *
 * @param size length of a window, positive
 * @param offset by how much windows begin after multiples of their length since time 0
 */
public record TumblingWindows(long size, long offset) implements WindowAssigner {
  /** Checks the size. */
  public TumblingWindows {
    if (size <= 0) {
      throw new IllegalArgumentException("window size " + size);
    }
  }

  /** When the window begins into which a time falls. */
  public long startOf(long time) {
    long start = time - passed(time);
    return start > time ? Long.MIN_VALUE : start;
  }

  /** When the window ends, exclusive, into which a time falls. */
  public long endOf(long time) {
    return WindowAssigner.plus(time, size - passed(time));
  }

  private long passed(long time) {
    long passed = Math.floorMod(time, size) - Math.floorMod(offset, size);
    return passed < 0 ? passed + size : passed;
  }

  @Override
  public int windowsOfATime() {
    return 1;
  }

  @Override
  public int assign(long time, long[] starts, long[] ends) {
    starts[0] = startOf(time);
    ends[0] = endOf(time);
    return 1;
  }

  @Override
  public TumblingWindows times(long factor) {
    return new TumblingWindows(
        Math.multiplyExact(size, factor), Math.multiplyExact(offset, factor));
  }

  @Override
  public String functionName() {
    return "TUMBLE";
  }
}

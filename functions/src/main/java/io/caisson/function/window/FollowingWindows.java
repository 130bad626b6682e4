package io.caisson.function.window;

/**
 * A window for each point in time, which begins with it: as long as it is open, what comes later
 * may belong to what began then. Immutable.
 *
 * <pre>
 *   size 5   ├────┤
 *              ├────┤
 *            0 2  5 7
 * </pre>
 *
 * @param size length of a window, positive
 */
public record FollowingWindows(long size) implements WindowAssigner {
  /** Checks the size. */
  public FollowingWindows {
    if (size <= 0) {
      throw new IllegalArgumentException("window size " + size);
    }
  }

  @Override
  public int windowsOfATime() {
    return 1;
  }

  @Override
  public boolean apart() {
    return false;
  }

  @Override
  public int assign(long time, long[] starts, long[] ends) {
    starts[0] = time;
    ends[0] = WindowAssigner.plus(time, size);
    return 1;
  }

  @Override
  public FollowingWindows times(long factor) {
    return new FollowingWindows(Math.multiplyExact(size, factor));
  }

  @Override
  public String functionName() {
    return "MATCH_RECOGNIZE";
  }
}

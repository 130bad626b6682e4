package io.caisson.function.window;

/**
 * Windows that depend on nothing but the time of a row. All lengths and times are of one unit,
 * whichever; starts belong to a window, ends do not. Windows at the ends of time are cut off rather
 * than wrapped around. Immutable.
 */
public sealed interface WindowAssigner
    permits TumblingWindows, HoppingWindows, CumulatingWindows, FollowingWindows {
  /** In how many windows a row is at most: more would be a query that nobody means. */
  int MOST = 10_000;

  /** The length of the longest window, positive. */
  long size();

  /** How many windows a time falls into at most. */
  int windowsOfATime();

  /** Whether all times within a window fall into that one and no other. */
  default boolean apart() {
    return windowsOfATime() == 1;
  }

  /**
   * Finds the windows into which a time falls, in the order of their begins, then of their ends.
   *
   * @param time the time
   * @param starts takes the begins; has room for {@link #windowsOfATime()}
   * @param ends takes the ends, exclusive; has room for as many
   * @return how many windows there are
   */
  int assign(long time, long[] starts, long[] ends);

  /** The same windows in a unit that is a part of this one. */
  WindowAssigner times(long factor);

  /** What it is called in SQL. */
  String functionName();

  /** A time and a length behind it, cut off at the end of time. */
  static long plus(long time, long length) {
    long result = time + length;
    return result < time ? Long.MAX_VALUE : result;
  }
}

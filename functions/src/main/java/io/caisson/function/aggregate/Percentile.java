package io.caisson.function.aggregate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/** Places in an order of values, counted from 0, at a fraction of it. Stateless. */
public final class Percentile {
  private Percentile() {}

  /**
   * A fraction.
   *
   * @throws CaissonException if it is not from 0 to 1
   */
  public static double checked(double fraction) {
    if (fraction >= 0 && fraction <= 1) {
      return fraction;
    }
    throw new CaissonException(
        SqlState.NUMERIC_OUT_OF_RANGE, "percentile value " + fraction + " is not between 0 and 1");
  }

  /** The place of the first value that is at the fraction or behind it. */
  public static long discretePlace(double fraction, long count) {
    return Math.max(0, (long) Math.ceil(fraction * count) - 1);
  }

  /** The place at the fraction, between two values. */
  public static double place(double fraction, long count) {
    return fraction * (count - 1);
  }

  /** The value at a place between two. */
  public static double between(double below, double above, double place) {
    return below + (above - below) * (place - Math.floor(place));
  }
}

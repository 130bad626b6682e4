package io.caisson.function.aggregate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigInteger;

/**
 * A sum of integers in 128 bits: the order of additions does not matter, and only what it comes to
 * in the end can be out of range. For one thread.
 */
public final class BigintSum {
  private long count;
  private long high;
  private long low;

  /** Adds a number. */
  public void add(long value) {
    count++;
    low += value;
    high += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
  }

  /**
   * The sum; 0 of nothing.
   *
   * @throws CaissonException if it is no BIGINT
   */
  public long sum() {
    return toBigint(high, low);
  }

  /** The exact sum, rounded to a double, divided by the count; NaN of nothing. */
  public double average() {
    return toDouble(high, low) / count;
  }

  /**
   * A number of 128 bits as a BIGINT.
   *
   * @throws CaissonException if it is out of range
   */
  public static long toBigint(long high, long low) {
    if (high != low >> 63) {
      throw new CaissonException(
              SqlState.NUMERIC_OUT_OF_RANGE,
              "the sum " + exact(high, low) + " is out of the range of BIGINT")
          .withHint("Cast the argument to DOUBLE PRECISION for an approximate sum.");
    }
    return low;
  }

  /** A number of 128 bits as the nearest double. */
  public static double toDouble(long high, long low) {
    return high == low >> 63 ? (double) low : exact(high, low).doubleValue();
  }

  private static BigInteger exact(long high, long low) {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
  }
}

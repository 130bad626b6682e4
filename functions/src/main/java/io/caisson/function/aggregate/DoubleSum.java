package io.caisson.function.aggregate;

/**
 * A sum of doubles that is exact and rounded once, so that it does not depend on the order of the
 * additions; NaN and the infinities are counted apart. For one thread.
 */
public final class DoubleSum {
  private final ExactSum finite = new ExactSum();
  private long count;
  private long notANumbers;
  private long infinities;
  private long negativeInfinities;

  /** Adds a number. */
  public void add(double value) {
    count++;
    if (Double.isFinite(value)) {
      finite.add(value, 1);
    } else if (Double.isNaN(value)) {
      notANumbers++;
    } else if (value > 0) {
      infinities++;
    } else {
      negativeInfinities++;
    }
  }

  /** The sum; 0 of nothing. */
  public double sum() {
    return sum(finite, notANumbers, infinities, negativeInfinities);
  }

  /** The sum divided by the count; NaN of nothing. */
  public double average() {
    return sum() / count;
  }

  /** What a finite sum and so many values that are not finite come to. */
  public static double sum(
      ExactSum finite, long notANumbers, long infinities, long negativeInfinities) {
    if (notANumbers != 0 || (infinities != 0 && negativeInfinities != 0)) {
      return Double.NaN;
    }
    if (infinities != 0) {
      return Double.POSITIVE_INFINITY;
    }
    return negativeInfinities != 0 ? Double.NEGATIVE_INFINITY : finite.toDouble();
  }
}

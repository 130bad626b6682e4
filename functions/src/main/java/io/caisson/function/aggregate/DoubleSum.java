package io.caisson.function.aggregate;

/**
 * A sum of doubles that is exact and rounded once, so that it does not depend on the order of the
 * additions; NaN and the infinities are counted apart, so that they can be taken back. For one
 * thread.
 */
public final class DoubleSum {
  private final ExactSum finite = new ExactSum();
  private long count;
  private long notANumbers;
  private long infinities;
  private long negativeInfinities;

  /** Makes it the sum of nothing. */
  public void clear() {
    finite.clear();
    count = 0;
    notANumbers = 0;
    infinities = 0;
    negativeInfinities = 0;
  }

  /** Adds a number. */
  public void add(double value) {
    add(value, 1);
  }

  /** Adds a number, weight times. */
  public void add(double value, long weight) {
    count += weight;
    if (Double.isFinite(value)) {
      finite.add(value, weight);
    } else if (Double.isNaN(value)) {
      notANumbers += weight;
    } else if (value > 0) {
      infinities += weight;
    } else {
      negativeInfinities += weight;
    }
  }

  /**
   * Adds to what is known of the numbers: how many they are, and how many of them are not finite.
   */
  public void addCounts(long all, long nans, long positive, long negative) {
    count += all;
    notANumbers += nans;
    infinities += positive;
    negativeInfinities += negative;
  }

  /** The sum of the finite numbers. */
  public ExactSum finite() {
    return finite;
  }

  /** How many numbers there are. */
  public long count() {
    return count;
  }

  /** How many of them are NaN. */
  public long notANumbers() {
    return notANumbers;
  }

  /** How many of them are infinite. */
  public long infinities() {
    return infinities;
  }

  /** How many of them are infinite and below zero. */
  public long negativeInfinities() {
    return negativeInfinities;
  }

  /** Whether all of them are finite. */
  public boolean isFinite() {
    return notANumbers == 0 && infinities == 0 && negativeInfinities == 0;
  }

  /** The sum; 0 of nothing. */
  public double sum() {
    if (notANumbers != 0 || (infinities != 0 && negativeInfinities != 0)) {
      return Double.NaN;
    }
    if (infinities != 0) {
      return Double.POSITIVE_INFINITY;
    }
    return negativeInfinities != 0 ? Double.NEGATIVE_INFINITY : finite.toDouble();
  }

  /** The sum divided by the count; NaN of nothing. */
  public double average() {
    return sum() / count;
  }
}

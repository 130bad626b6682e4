package io.caisson.function.window;

import io.caisson.error.CaissonException;
import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.type.Interval;
import java.math.BigDecimal;

/**
 * How far a frame of RANGE reaches from the value of a row, outwards, or inwards where it is
 * negative. Values are a Long, a Double or a BigDecimal, as their physical form is. Immutable.
 */
public sealed interface RangeDistance {
  /** As far to the other side. */
  RangeDistance negated();

  /** What lies so far above a value, or below. */
  Object limit(Object value, boolean above);

  /** Less than, equal to or greater than zero as a value is below, at or above a limit. */
  int compare(Object value, Object limit);

  /**
   * The distance of values that are whole numbers.
   *
   * @param distance how far; limits beyond all numbers are the last number
   */
  record Whole(long distance) implements RangeDistance {
    @Override
    public Whole negated() {
      return new Whole(distance == Long.MIN_VALUE ? Long.MAX_VALUE : -distance);
    }

    /** The number that lies so far above another, or below. */
    public long limit(long value, boolean above) {
      return plus(value, above ? distance : negated().distance);
    }

    @Override
    public Long limit(Object value, boolean above) {
      return limit(((Long) value).longValue(), above);
    }

    @Override
    public int compare(Object value, Object limit) {
      return Long.compare((Long) value, (Long) limit);
    }

    private static long plus(long value, long distance) {
      long sum = value + distance;
      boolean overflows = ((value ^ sum) & (distance ^ sum)) < 0;
      return overflows ? distance < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }
  }

  /**
   * The distance of times by the calendar; limits are microseconds.
   *
   * @param span how far, with months
   * @param micros how many microseconds one of the values counts
   */
  record Calendar(Interval span, long micros) implements RangeDistance {
    @Override
    public Calendar negated() {
      return new Calendar(IntervalArithmetic.negate(span), micros);
    }

    @Override
    public Long limit(Object value, boolean above) {
      Interval signed = above ? span : IntervalArithmetic.negate(span);
      try {
        return IntervalArithmetic.add((Long) value * micros, signed);
      } catch (CaissonException outOfRange) {
        return signed.compareTo(Interval.ZERO) < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
    }

    @Override
    public int compare(Object value, Object limit) {
      return Long.compare((Long) value * micros, (Long) limit);
    }
  }

  /**
   * The distance of floating-point numbers, of which NaN is the greatest and as far as that from
   * all others.
   *
   * @param distance how far
   */
  record Floating(double distance) implements RangeDistance {
    @Override
    public Floating negated() {
      return new Floating(-distance);
    }

    @Override
    public Double limit(Object value, boolean above) {
      return (Double) value + (above ? distance : -distance);
    }

    /** Adding 0 makes 0 of −0. */
    @Override
    public int compare(Object value, Object limit) {
      return Double.compare((Double) value + 0.0, (Double) limit + 0.0);
    }
  }

  /**
   * The distance of exact decimals.
   *
   * @param distance how far
   */
  record Exact(BigDecimal distance) implements RangeDistance {
    @Override
    public Exact negated() {
      return new Exact(distance.negate());
    }

    @Override
    public BigDecimal limit(Object value, boolean above) {
      return above ? ((BigDecimal) value).add(distance) : ((BigDecimal) value).subtract(distance);
    }

    @Override
    public int compare(Object value, Object limit) {
      return ((BigDecimal) value).compareTo((BigDecimal) limit);
    }
  }
}

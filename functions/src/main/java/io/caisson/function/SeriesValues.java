package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** The values of {@code generate_series}, one after the other. Stateless. */
public final class SeriesValues {
  private SeriesValues() {}

  /**
   * The numbers from one to another.
   *
   * @param step by how much they differ
   * @throws CaissonException 22023 where the step is 0
   */
  public static Iterator<BigDecimal> numbers(BigDecimal from, BigDecimal to, BigDecimal step) {
    int direction = direction(step.signum());
    return new Iterator<>() {
      private BigDecimal next = from;

      @Override
      public boolean hasNext() {
        return next.compareTo(to) * direction <= 0;
      }

      @Override
      public BigDecimal next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        BigDecimal taken = next;
        next = taken.add(step);
        return taken;
      }
    };
  }

  /**
   * The times from one to another, in microseconds since 1970.
   *
   * @param step by how much they differ
   * @throws CaissonException 22023 where the step is 0
   */
  public static PrimitiveIterator.OfLong times(long from, long to, Interval step) {
    int direction = direction(step.compareTo(Interval.ZERO));
    return new PrimitiveIterator.OfLong() {
      private long next = from;

      @Override
      public boolean hasNext() {
        return Long.compare(next, to) * direction <= 0;
      }

      @Override
      public long nextLong() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        long taken = next;
        next = IntervalArithmetic.add(taken, step);
        return taken;
      }
    };
  }

  private static int direction(int sign) {
    if (sign == 0) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "step size cannot equal zero");
    }
    return Integer.signum(sign);
  }
}

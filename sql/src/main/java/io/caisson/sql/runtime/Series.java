package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.function.operator.IntervalCasts;
import io.caisson.type.Interval;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** The rows of {@code generate_series}, made one by one. Public for generated code only. */
public final class Series {
  /** The name under which a running query finds its state. */
  public static final String RUN_STATE = "runState";

  private static final long MICROS_PER_MILLI = 1_000L;
  private static final int CHECK_EVERY = 10_000;

  private Series() {}

  /**
   * A series; without rows where an argument is NULL.
   *
   * @param context the query's
   * @param from the first value
   * @param to behind which value none comes
   * @param step by how much values differ
   * @param kind the name of the values' type
   */
  public static Enumerable<@Nullable Object[]> of(
      DataContext context,
      @Nullable Object from,
      @Nullable Object to,
      @Nullable Object step,
      String kind) {
    if (from == null || to == null || step == null) {
      return Linq4j.emptyEnumerable();
    }
    return switch (TypeKind.valueOf(kind)) {
      case TIMESTAMP -> times(context, micros(from), micros(to), interval(step));
      case NUMERIC ->
          numbers(context, decimal(from), decimal(to), decimal(step), UnaryOperator.identity());
      case INTEGER ->
          numbers(
              context, decimal(from), decimal(to), decimal(step), v -> ((BigDecimal) v).intValue());
      default ->
          numbers(
              context,
              decimal(from),
              decimal(to),
              decimal(step),
              v -> ((BigDecimal) v).longValue());
    };
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
  }

  private static long micros(Object millis) {
    return ((Number) millis).longValue() * MICROS_PER_MILLI;
  }

  private static Interval interval(Object step) {
    return step instanceof Interval span ? span : IntervalCasts.parse(step.toString());
  }

  private static Enumerable<@Nullable Object[]> numbers(
      DataContext context,
      BigDecimal from,
      BigDecimal to,
      BigDecimal step,
      UnaryOperator<Object> form) {
    int direction = direction(step.signum());
    return rows(
        () ->
            new Steps(context) {
              private BigDecimal next = from;

              @Override
              public boolean hasNext() {
                return next.compareTo(to) * direction <= 0;
              }

              @Override
              Object take() {
                BigDecimal taken = next;
                next = taken.add(step);
                return form.apply(taken);
              }
            });
  }

  private static Enumerable<@Nullable Object[]> times(
      DataContext context, long from, long to, Interval step) {
    int direction = direction(step.compareTo(Interval.ZERO));
    return rows(
        () ->
            new Steps(context) {
              private long next = from;

              @Override
              public boolean hasNext() {
                return Long.compare(next, to) * direction <= 0;
              }

              @Override
              Object take() {
                long taken = next;
                next = IntervalArithmetic.add(taken, step);
                return Math.floorDiv(taken, MICROS_PER_MILLI);
              }
            });
  }

  private static int direction(int sign) {
    if (sign == 0) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "step size cannot equal zero");
    }
    return Integer.signum(sign);
  }

  private static Enumerable<@Nullable Object[]> rows(Iterable<@Nullable Object[]> steps) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return Linq4j.iterableEnumerator(steps);
      }
    };
  }

  /** Values one after the other; a cancelled statement ends between them. */
  private abstract static class Steps implements Iterator<@Nullable Object[]> {
    private final RunState state;
    private int taken;

    Steps(DataContext context) {
      state = Objects.requireNonNull((RunState) context.get(RUN_STATE));
    }

    abstract Object take();

    @Override
    public @Nullable Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (++taken % CHECK_EVERY == 0) {
        state.check();
      }
      return new @Nullable Object[] {take()};
    }
  }
}

package io.caisson.sql.runtime;

import io.caisson.function.SeriesValues;
import io.caisson.function.operator.IntervalCasts;
import io.caisson.type.Interval;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.function.Supplier;
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
    return rows(
        () -> {
          Iterator<BigDecimal> values = SeriesValues.numbers(from, to, step);
          return new Steps(context, values, () -> form.apply(values.next()));
        });
  }

  private static Enumerable<@Nullable Object[]> times(
      DataContext context, long from, long to, Interval step) {
    return rows(
        () -> {
          PrimitiveIterator.OfLong values = SeriesValues.times(from, to, step);
          return new Steps(
              context, values, () -> Math.floorDiv(values.nextLong(), MICROS_PER_MILLI));
        });
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
  private static final class Steps implements Iterator<@Nullable Object[]> {
    private final RunState state;
    private final Iterator<?> values;
    private final Supplier<Object> next;
    private int taken;

    Steps(DataContext context, Iterator<?> values, Supplier<Object> next) {
      this.values = values;
      this.next = next;
      state = Objects.requireNonNull((RunState) context.get(RUN_STATE));
    }

    @Override
    public boolean hasNext() {
      return values.hasNext();
    }

    @Override
    public @Nullable Object[] next() {
      Object value = next.get();
      if (++taken % CHECK_EVERY == 0) {
        state.check();
      }
      return new @Nullable Object[] {value};
    }
  }
}

package io.caisson.sql.convert;

import io.caisson.function.operator.IntervalCasts;
import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.type.Interval;
import io.caisson.type.TypeKind;
import java.util.Optional;

/**
 * A time, or a distance between times, as a sum of what may stand for two columns and a constant.
 * Immutable.
 *
 * @param one how often the first column is in it: −1, 0 or 1
 * @param other how often the second one is
 * @param micros the constant
 */
record LinearTime(int one, int other, long micros) {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MOST = Long.MAX_VALUE >> 8;

  /** What is a column. */
  @FunctionalInterface
  interface Columns {
    /** What an expression stands for, if it is one of the columns. */
    Optional<LinearTime> find(Expression expression);
  }

  /** An expression as a sum; empty where it is something else. */
  static Optional<LinearTime> of(Expression expression, Columns columns) {
    Optional<LinearTime> column = columns.find(expression);
    if (column.isPresent()) {
      return column;
    }
    if (expression instanceof Expression.FunctionCall call && call.arguments().size() == 2) {
      String sign = call.function().name();
      boolean sum = sign.equals("+");
      if (sum || sign.equals("-")) {
        Optional<LinearTime> right = of(call.arguments().get(1), columns);
        return of(call.arguments().get(0), columns)
            .flatMap(left -> right.flatMap(r -> left.plus(r, sum ? 1 : -1)));
      }
    }
    return interval(expression).map(micros -> new LinearTime(0, 0, micros));
  }

  /** A constant interval without months, whose length is not the same everywhere. */
  private static Optional<Long> interval(Expression expression) {
    if (expression instanceof Expression.OperatorCall cast
        && cast.operator() == Operator.CAST
        && cast.type().kind() == TypeKind.INTERVAL
        && cast.arguments().get(0) instanceof Expression.Literal literal
        && literal.value() instanceof String text) {
      Interval interval = IntervalCasts.parse(text);
      boolean exact = interval.months() == 0 && Math.abs(interval.micros()) < MOST;
      return exact
          ? Optional.of(interval.days() * MICROS_PER_DAY + interval.micros())
          : Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<LinearTime> plus(LinearTime added, int sign) {
    int newOne = one + sign * added.one;
    int newOther = other + sign * added.other;
    long sum = micros + sign * added.micros;
    return Math.abs(newOne) > 1 || Math.abs(newOther) > 1 || Math.abs(sum) > MOST
        ? Optional.empty()
        : Optional.of(new LinearTime(newOne, newOther, sum));
  }

  /** The sum of both; empty where it has a column twice. */
  Optional<LinearTime> plus(LinearTime added) {
    return plus(added, 1);
  }

  /** What is left when another one is taken from it. */
  Optional<LinearTime> minus(LinearTime taken) {
    return plus(taken, -1);
  }
}

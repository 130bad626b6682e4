package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.plan.TimeRange;
import java.util.List;
import java.util.Optional;

/** Finds how far a condition lets two columns of times be from each other. Stateless. */
final class TimeDistances {
  private static final long MICROS_PER_MILLI = 1_000;

  private TimeDistances() {}

  /**
   * How far one column may be behind another one.
   *
   * @param first position of the first column
   * @param second position of the second one
   * @param condition what holds
   * @return the distances from the first to the second; empty where they have no bounds
   */
  static Optional<TimeRange> between(int first, int second, Expression condition) {
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    for (Expression part : TopRows.conjunctions(condition)) {
      if (part instanceof Expression.OperatorCall call && call.arguments().size() == 2) {
        Optional<LinearTime> difference = difference(first, second, call);
        if (difference.isPresent()) {
          boolean forward = difference.get().other() == 1;
          long bound = forward ? -difference.get().micros() : difference.get().micros();
          Operator operator = forward ? call.operator() : reversed(call.operator());
          from = Math.max(from, least(operator, bound));
          to = Math.min(to, greatest(operator, bound));
        }
      }
    }
    return from == Long.MIN_VALUE || to == Long.MAX_VALUE || from > to
        ? Optional.empty()
        : Optional.of(new TimeRange(from, to));
  }

  /** Left operand less the right one, where that is the distance of the columns and a constant. */
  private static Optional<LinearTime> difference(
      int first, int second, Expression.OperatorCall call) {
    LinearTime.Columns columns =
        expression ->
            expression instanceof Expression.InputColumn column
                ? column(first, second, column.index())
                : Optional.empty();
    List<Expression> operands = call.arguments();
    Optional<LinearTime> right = LinearTime.of(operands.get(1), columns);
    return LinearTime.of(operands.get(0), columns)
        .flatMap(left -> right.flatMap(left::minus))
        .filter(difference -> difference.one() + difference.other() == 0)
        .filter(difference -> difference.one() != 0);
  }

  private static Optional<LinearTime> column(int first, int second, int index) {
    if (index == first) {
      return Optional.of(new LinearTime(1, 0, 0));
    }
    return index == second ? Optional.of(new LinearTime(0, 1, 0)) : Optional.empty();
  }

  private static Operator reversed(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      default -> operator;
    };
  }

  /** Times have milliseconds: what is below them may have been rounded away. */
  private static long least(Operator operator, long bound) {
    return switch (operator) {
      case GREATER_OR_EQUAL, GREATER, EQUAL ->
          Math.floorDiv(bound, MICROS_PER_MILLI) * MICROS_PER_MILLI;
      default -> Long.MIN_VALUE;
    };
  }

  private static long greatest(Operator operator, long bound) {
    return switch (operator) {
      case LESS_OR_EQUAL, LESS, EQUAL ->
          -Math.floorDiv(-bound, MICROS_PER_MILLI) * MICROS_PER_MILLI;
      default -> Long.MAX_VALUE;
    };
  }
}

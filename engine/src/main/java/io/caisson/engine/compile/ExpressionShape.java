package io.caisson.engine.compile;

import io.caisson.plan.Expression;
import io.caisson.plan.Expression.FunctionCall;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.Literal;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.plan.Operator;
import io.caisson.type.TypeKind;
import java.util.List;

/**
 * What can be said of an expression before code is made for it. Immutable.
 *
 * @param outline which expressions are methods of their own
 */
record ExpressionShape(Outline outline) {
  /** Whether all rows give the same value, which is yet to be computed. */
  static boolean isConstant(Expression expression) {
    return !(expression instanceof Literal)
        && expression.type().kind() != TypeKind.BYTEA
        && readsNoColumn(expression);
  }

  private static boolean readsNoColumn(Expression expression) {
    return !(expression instanceof InputColumn)
        && Outline.arguments(expression).stream().allMatch(ExpressionShape::readsNoColumn);
  }

  /** Whether a text stays a slice of bytes. */
  boolean isSlice(Expression expression) {
    if (outline.contains(expression) || isConstant(expression)) {
      return false;
    }
    if (expression instanceof OperatorCall call && call.operator() == Operator.CASE) {
      List<Expression> arguments = call.arguments();
      boolean slices = true;
      for (int i = 1; i < arguments.size(); i += 2) {
        slices &= isSlice(arguments.get(i));
      }
      return slices && isSlice(arguments.get(arguments.size() - 1));
    }
    boolean text = expression instanceof Literal literal && literal.type().kind() == TypeKind.TEXT;
    boolean column = expression instanceof InputColumn;
    return text || (column && expression.type().physical() == TypeKind.Physical.BYTES);
  }

  /** Whether evaluating for nothing costs less than finding out, and can't raise an error. */
  boolean isCheap(Expression expression) {
    if (outline.contains(expression) || expression.type().physical() == TypeKind.Physical.BYTES) {
      return false;
    }
    if (!(expression instanceof OperatorCall call)) {
      return !(expression instanceof FunctionCall);
    }
    boolean cheap =
        switch (call.operator()) {
          case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
              !hasDate(call) || call.arguments().stream().allMatch(ExpressionShape::isDate);
          case AND, OR, NOT -> true;
          case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> true;
          case ADD, SUBTRACT, MULTIPLY, NEGATE ->
              call.type().physical() == TypeKind.Physical.DOUBLE;
          default -> false;
        };
    return cheap && call.arguments().stream().allMatch(this::isCheap);
  }

  /** Dates are brought to microseconds to compare them with timestamps, and may not fit. */
  private static boolean hasDate(OperatorCall call) {
    return call.arguments().stream().anyMatch(ExpressionShape::isDate);
  }

  private static boolean isDate(Expression expression) {
    return expression.type().kind() == TypeKind.DATE;
  }
}

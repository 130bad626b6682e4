package io.caisson.sql.convert;

import io.caisson.function.array.ArrayCasts;
import io.caisson.function.operator.CastFunctions;
import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversions between types, as few as there can be. Stateless. */
final class Casts {
  private Casts() {}

  /** The expression as a type of the given kind, with its own nullability. */
  static Expression to(TypeKind kind, Expression expression) {
    if (expression.type().kind() == kind) {
      return expression;
    }
    return to(SqlType.of(kind).withNullable(expression.type().nullable()), expression);
  }

  /** The expression as a type of the kind, and of the elements, that another has. */
  static Expression like(SqlType wanted, Expression expression) {
    return wanted.element() == null
        ? to(wanted.kind(), expression)
        : to(SqlType.arrayOf(SqlType.of(wanted.elements().kind())), expression);
  }

  /** The expression as the given type. */
  static Expression to(SqlType type, Expression expression) {
    if (expression instanceof Expression.Literal literal) {
      Expression folded = fold(literal.value(), literal.type(), type);
      if (folded != null) {
        return folded;
      }
    }
    if (type.element() != null || expression.type().element() != null) {
      return ofArrays(type, expression);
    }
    boolean bounded = type.kind() == TypeKind.TEXT || type.kind() == TypeKind.NUMERIC;
    boolean changes =
        expression.type().kind() != type.kind()
            || (bounded
                && type.precision() >= 0
                && (type.precision() != expression.type().precision()
                    || type.scale() != expression.type().scale()));
    if (changes && CastFunctions.zoned(expression.type().kind(), type.kind())) {
      throw Refusal.timeZone("a cast of " + expression.type().sql() + " to " + type.sql());
    }
    SqlType result = type.withNullable(expression.type().nullable());
    return changes
        ? new Expression.OperatorCall(Operator.CAST, List.of(expression), result)
        : expression;
  }

  private static Expression ofArrays(SqlType type, Expression expression) {
    SqlType from = expression.type();
    boolean changes =
        from.element() == null
            || type.element() == null
            || from.elements().kind() != type.elements().kind()
            || (type.elements().precision() >= 0 && !from.elements().equals(type.elements()));
    if (changes && ArrayCasts.isZoned(from, type)) {
      throw Refusal.timeZone("a cast of " + from.sql() + " to " + type.sql());
    }
    return changes
        ? new Expression.OperatorCall(
            Operator.CAST, List.of(expression), type.withNullable(from.nullable()))
        : expression;
  }

  /** The two operands of a comparison in one physical form. */
  static List<Expression> alike(List<Expression> operands) {
    boolean floating = operands.stream().anyMatch(o -> floating(o.type().kind()));
    boolean numeric = operands.stream().anyMatch(o -> o.type().kind() == TypeKind.NUMERIC);
    if (floating || numeric) {
      TypeKind common = floating ? TypeKind.DOUBLE : TypeKind.NUMERIC;
      return operands.stream().map(o -> to(common, o)).toList();
    }
    boolean text = operands.stream().allMatch(o -> o.type().kind() == TypeKind.TEXT);
    boolean dates = operands.stream().anyMatch(o -> o.type().kind() == TypeKind.DATE);
    boolean times = operands.stream().anyMatch(o -> o.type().kind() == TypeKind.TIMESTAMP);
    if (!text && dates && times) {
      return operands.stream().map(o -> to(TypeKind.TIMESTAMP, o)).toList();
    }
    return operands;
  }

  static boolean floating(TypeKind kind) {
    return kind == TypeKind.REAL || kind == TypeKind.DOUBLE;
  }

  static boolean temporal(TypeKind kind) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
      default -> false;
    };
  }

  /** A literal that is cast where it can be done without thinking of errors; else null. */
  private static @Nullable Expression fold(@Nullable Object value, SqlType from, SqlType to) {
    if (value == null) {
      return new Expression.Literal(null, to.withNullable(true));
    }
    SqlType exact = to.withNullable(false);
    if (to.kind() == TypeKind.DOUBLE && value instanceof BigDecimal decimal) {
      return new Expression.Literal(decimal.doubleValue(), exact);
    }
    if (to.kind() == TypeKind.DOUBLE && value instanceof Long number && integer(from.kind())) {
      return new Expression.Literal((double) number, exact);
    }
    if (to.kind() == TypeKind.REAL && value instanceof BigDecimal decimal) {
      return new Expression.Literal((double) decimal.floatValue(), exact);
    }
    if (to.kind() == TypeKind.NUMERIC && to.precision() < 0 && integer(from.kind())) {
      return new Expression.Literal(BigDecimal.valueOf((Long) value), exact);
    }
    if (to.kind() == TypeKind.BIGINT && value instanceof Long && integer(from.kind())) {
      return new Expression.Literal(value, exact);
    }
    return null;
  }

  private static boolean integer(TypeKind kind) {
    return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
  }
}

package io.caisson.sql.run;

import io.caisson.function.ScalarFunction;
import io.caisson.function.operator.CastFunctions;
import io.caisson.function.operator.DecimalCasts;
import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.sql.validate.ObjectType;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Casts on which Calcite's runtime and PostgreSQL differ (rounding of doubles, the form of
 * booleans, what is a number), as calls of the functions that views use, so that a view equals its
 * query. Stateless.
 */
final class RuntimeCasts {
  private static final BuiltInFunction FIT =
      function(
          List.of(
              SqlType.of(TypeKind.NUMERIC),
              SqlType.of(TypeKind.BIGINT),
              SqlType.of(TypeKind.BIGINT)),
          SqlType.of(TypeKind.NUMERIC),
          fit());

  private RuntimeCasts() {}

  /** A call that casts as views do, or null where Calcite's cast does the same. */
  static @Nullable RexNode replacement(RexCall cast, RexBuilder rex) {
    RexNode operand = cast.getOperands().get(0);
    SqlType from = SqlTypes.fromCalcite(operand.getType()).orElse(null);
    SqlType to = SqlTypes.fromCalcite(cast.getType()).orElse(null);
    if (from == null || to == null || operand.getType().getSqlTypeName() == SqlTypeName.NULL) {
      return null;
    }
    if (from.element() != null || to.element() != null) {
      return ArrayCastCalls.replacement(operand, from, to, cast.getType(), rex);
    }
    if (from.kind() == to.kind() && cast.getType() instanceof ObjectType) {
      return operand;
    }
    if (from.kind() == TypeKind.NUMERIC && to.kind() == TypeKind.NUMERIC) {
      return limited(operand, cast.getType(), to, rex);
    }
    boolean rounds =
        (to.kind() == TypeKind.TIME || to.kind() == TypeKind.TIMESTAMP)
            && to.precision() >= 0
            && to.precision() < SqlType.DEFAULT_TIMESTAMP_PRECISION;
    boolean shortens = rounds || (to.kind() == TypeKind.TEXT && to.precision() >= 0);
    Method method = CastFunctions.find(from.kind(), to.kind()).orElse(null);
    if (method == null || shortens) {
      return null;
    }
    SqlType made = SqlType.of(to.kind());
    BuiltInFunction call = function(List.of(SqlType.of(from.kind())), made, method);
    RelDataType type =
        SqlTypes.toCalcite(made.withNullable(cast.getType().isNullable()), rex.getTypeFactory());
    return limited(rex.makeCall(type, call, List.of(operand)), cast.getType(), to, rex);
  }

  /** A NUMERIC within the limits of a type; other values as they are. */
  private static RexNode limited(RexNode value, RelDataType type, SqlType to, RexBuilder rex) {
    if (to.kind() != TypeKind.NUMERIC || to.precision() < 0) {
      return value;
    }
    RelDataType integer = rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    return rex.makeCall(
        type,
        FIT,
        List.of(
            value,
            rex.makeExactLiteral(BigDecimal.valueOf(to.precision()), integer),
            rex.makeExactLiteral(BigDecimal.valueOf(to.scale()), integer)));
  }

  private static BuiltInFunction function(List<SqlType> arguments, SqlType result, Method method) {
    return BuiltInFunction.of(
        new ScalarFunction(
            "cast",
            arguments,
            result,
            method,
            "Casts as PostgreSQL does.",
            "CAST(1 AS TEXT) = '1'"));
  }

  private static Method fit() {
    try {
      return DecimalCasts.class.getMethod("fit", BigDecimal.class, long.class, long.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no cast to NUMERIC", e);
    }
  }
}

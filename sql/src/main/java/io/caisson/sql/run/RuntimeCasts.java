package io.caisson.sql.run;

import io.caisson.function.ScalarFunction;
import io.caisson.function.operator.NumberCasts;
import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Casts on which Calcite's runtime and PostgreSQL differ (rounding of doubles, the form of
 * booleans, what is a number), as calls of the functions that views use, so that a view equals its
 * query. Stateless.
 */
final class RuntimeCasts {
  private RuntimeCasts() {}

  /** A call that casts as views do, or null where Calcite's cast does the same. */
  static @Nullable RexNode replacement(RexCall cast, RexBuilder rex) {
    RexNode operand = cast.getOperands().get(0);
    Cast found = find(operand.getType(), cast.getType());
    if (found == null) {
      return null;
    }
    var scalar =
        new ScalarFunction(
            "cast",
            List.of(SqlType.of(found.from())),
            SqlType.of(found.to()),
            found.method(),
            "Casts as PostgreSQL does.",
            "CAST(1 AS TEXT) = '1'");
    return rex.makeCall(cast.getType(), BuiltInFunction.of(scalar), List.of(operand));
  }

  private record Cast(TypeKind from, TypeKind to, Method method) {}

  private static @Nullable Cast find(RelDataType from, RelDataType to) {
    SqlTypeName target = to.getSqlTypeName();
    if (SqlTypeUtil.isApproximateNumeric(from)) {
      return switch (target) {
        case BIGINT -> cast(TypeKind.DOUBLE, TypeKind.BIGINT, "toBigint", double.class);
        case INTEGER -> cast(TypeKind.DOUBLE, TypeKind.INTEGER, "toInteger", double.class);
        case SMALLINT -> cast(TypeKind.DOUBLE, TypeKind.SMALLINT, "toSmallint", double.class);
        default -> null;
      };
    }
    if (SqlTypeUtil.isCharacter(from)) {
      return switch (target) {
        case BIGINT -> cast(TypeKind.TEXT, TypeKind.BIGINT, "parseBigint", String.class);
        case INTEGER -> cast(TypeKind.TEXT, TypeKind.INTEGER, "parseInteger", String.class);
        case SMALLINT -> cast(TypeKind.TEXT, TypeKind.SMALLINT, "parseSmallint", String.class);
        case DOUBLE -> cast(TypeKind.TEXT, TypeKind.DOUBLE, "parseDouble", String.class);
        case BOOLEAN -> cast(TypeKind.TEXT, TypeKind.BOOLEAN, "parseBoolean", String.class);
        default -> null;
      };
    }
    boolean unbounded = target == SqlTypeName.VARCHAR && to.getPrecision() < 0;
    return from.getSqlTypeName() == SqlTypeName.BOOLEAN && unbounded
        ? cast(TypeKind.BOOLEAN, TypeKind.TEXT, "booleanText", boolean.class)
        : null;
  }

  private static Cast cast(TypeKind from, TypeKind to, String method, Class<?> parameter) {
    try {
      return new Cast(from, to, NumberCasts.class.getMethod(method, parameter));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no cast " + method, e);
    }
  }
}

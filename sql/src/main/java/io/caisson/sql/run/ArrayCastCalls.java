package io.caisson.sql.run;

import io.caisson.function.ScalarFunction;
import io.caisson.function.array.ArrayCasts;
import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Casts from and to arrays as calls of the methods that views use. Stateless. */
final class ArrayCastCalls {
  private ArrayCastCalls() {}

  /** What gives the value as the type of a cast; a text is not cut to a length here. */
  static @Nullable RexNode replacement(
      RexNode value, SqlType from, SqlType to, RelDataType type, RexBuilder rex) {
    boolean zoned = ArrayCasts.isZoned(from, to);
    if (to.element() == null) {
      return to.precision() >= 0
          ? null
          : rex.makeCall(
              type,
              function(List.of(from), to, method("text", zoned, SqlArray.class)),
              List.of(value));
    }
    TypeKind element = to.elements().kind();
    RexNode made = value;
    if (from.element() == null) {
      Method parse = method("parse", zoned, TypeKind.class, String.class);
      made = rex.makeCall(type, function(List.of(from), unlimited(to), parse), List.of(value));
    } else if (from.elements().kind() != element) {
      Method cast = method("cast", zoned, TypeKind.class, SqlArray.class);
      made = rex.makeCall(type, function(List.of(from), unlimited(to), cast), List.of(value));
    } else if (from.withNullable(true).equals(to.withNullable(true))) {
      return value;
    }
    return to.elements().precision() < 0 ? made : limited(made, type, to, rex);
  }

  private static RexNode limited(RexNode value, RelDataType type, SqlType to, RexBuilder rex) {
    SqlType number = SqlType.of(TypeKind.BIGINT);
    BuiltInFunction fit =
        function(
            List.of(to, number, number),
            to,
            method("fit", false, SqlArray.class, long.class, long.class));
    return rex.makeCall(
        type,
        fit,
        List.of(value, number(to.elements().precision(), rex), number(to.elements().scale(), rex)));
  }

  private static RexNode number(int value, RexBuilder rex) {
    return rex.makeExactLiteral(
        BigDecimal.valueOf(value), rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
  }

  private static SqlType unlimited(SqlType array) {
    return SqlType.arrayOf(SqlType.of(array.elements().kind()));
  }

  private static BuiltInFunction function(List<SqlType> arguments, SqlType result, Method method) {
    return BuiltInFunction.of(
        new ScalarFunction(
            "cast",
            arguments,
            result,
            method,
            "Casts as PostgreSQL does.",
            "CAST(ARRAY[1] AS TEXT) = '{1}'"));
  }

  private static Method method(String name, boolean zoned, Class<?>... parameters) {
    List<Class<?>> all = new ArrayList<>(List.of(parameters));
    if (zoned) {
      all.add(0, ZoneId.class);
    }
    try {
      return ArrayCasts.class.getMethod(name, all.toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no cast of arrays " + name, e);
    }
  }
}

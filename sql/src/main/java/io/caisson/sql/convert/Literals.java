package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.Calendar;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Constants in physical form; a NUMERIC constant is a BigDecimal. Stateless. */
final class Literals {
  private static final long MICROS_PER_MILLI = 1_000L;

  private Literals() {}

  static Expression convert(RexLiteral literal) {
    SqlType type =
        SqlTypes.fromCalcite(literal.getType())
            .orElseThrow(
                () ->
                    Refusal.of(
                        "constants of type " + literal.getType().getSqlTypeName().getName(),
                        "Use days or smaller units for intervals."));
    if (type.kind() == TypeKind.TEXT) {
      type = SqlType.of(TypeKind.TEXT).withNullable(type.nullable());
    }
    return new Expression.Literal(value(literal, type.kind()), type.withNullable(literal.isNull()));
  }

  private static @Nullable Object value(RexLiteral literal, TypeKind kind) {
    if (literal.isNull()) {
      return null;
    }
    return switch (kind) {
      case BOOLEAN -> Boolean.TRUE.equals(literal.getValueAs(Boolean.class)) ? 1L : 0L;
      case SMALLINT, INTEGER, BIGINT -> literal.getValueAs(Long.class);
      case REAL, DOUBLE -> literal.getValueAs(Double.class);
      case NUMERIC -> {
        BigDecimal number = literal.getValueAs(BigDecimal.class);
        yield number == null ? null : SqlTypes.written(number);
      }
      case TEXT -> literal.getValueAs(String.class);
      case BYTEA -> throw Refusal.of("constants of type BYTEA", "Compare when you query the view.");
      case DATE -> days(literal);
      case TIME, TIMESTAMP, TIMESTAMPTZ -> millis(literal) * MICROS_PER_MILLI;
      case UUID, JSONB, INTERVAL, ARRAY ->
          throw Refusal.of("constants of type " + kind, "Cast a text instead.");
    };
  }

  private static long days(RexLiteral literal) {
    DateString date = literal.getValueAs(DateString.class);
    return date == null ? 0 : date.getDaysSinceEpoch();
  }

  private static long millis(RexLiteral literal) {
    Object value = literal.getValue();
    if (value instanceof Calendar) {
      TimestampString timestamp =
          literal.getType().getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.TIMESTAMP
              ? literal.getValueAs(TimestampString.class)
              : null;
      if (timestamp != null) {
        return timestamp.getMillisSinceEpoch();
      }
      TimeString time = literal.getValueAs(TimeString.class);
      return time == null ? 0 : time.getMillisOfDay();
    }
    return value instanceof BigDecimal number ? number.longValueExact() : 0;
  }
}

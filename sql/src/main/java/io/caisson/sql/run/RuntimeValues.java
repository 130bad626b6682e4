package io.caisson.sql.run;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Makes numbers those of the class that Calcite's runtime has for a type. Stateless. */
final class RuntimeValues {
  private RuntimeValues() {}

  /** What makes a value one of the type; NULL stays NULL. */
  static UnaryOperator<@Nullable Object> of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case SMALLINT -> value -> value instanceof Number n ? (Object) n.shortValue() : value;
      case INTEGER -> value -> value instanceof Number n ? (Object) n.intValue() : value;
      case BIGINT -> value -> value instanceof Number n ? (Object) n.longValue() : value;
      case REAL -> value -> value instanceof Number n ? (Object) n.floatValue() : value;
      case FLOAT, DOUBLE -> value -> value instanceof Number n ? (Object) n.doubleValue() : value;
      case DECIMAL -> RuntimeValues::decimal;
      default -> value -> value;
    };
  }

  private static @Nullable Object decimal(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      return BigDecimal.valueOf(((Number) value).doubleValue());
    }
    return value instanceof Number number && !(value instanceof BigDecimal)
        ? BigDecimal.valueOf(number.longValue())
        : value;
  }
}

package io.caisson.sql.run;

import io.caisson.sql.validate.ElementValues;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Makes numbers those of the class that Calcite's runtime has for a type. Stateless. */
final class RuntimeValues {
  private RuntimeValues() {}

  /** What makes a value one of the type; NULL stays NULL. */
  static UnaryOperator<@Nullable Object> of(RelDataType type) {
    SqlType array = SqlTypes.fromCalcite(type).orElse(null);
    if (array != null && array.element() != null) {
      TypeKind kind = array.elements().kind();
      return value -> value instanceof List<?> list ? ElementValues.array(list, kind) : value;
    }
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

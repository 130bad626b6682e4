package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The types of results as standing queries keep them, so that a view and its query agree: SUM of
 * integers is BIGINT, of REAL and DOUBLE a DOUBLE; AVG is a DOUBLE. Stateless.
 */
final class CaissonTypeSystem extends RelDataTypeSystemImpl {
  private static final int MAX_NUMERIC_PRECISION = 38;
  private static final int MAX_NUMERIC_SCALE = 19;
  private static final int INTERVAL_PRECISION = 10;

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case TIMESTAMP, TIME -> SqlType.DEFAULT_TIMESTAMP_PRECISION;
      case DECIMAL -> MAX_NUMERIC_PRECISION;
      default ->
          SqlTypeName.INTERVAL_TYPES.contains(type)
              ? INTERVAL_PRECISION
              : super.getDefaultPrecision(type);
    };
  }

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? MAX_NUMERIC_PRECISION : super.getMaxPrecision(type);
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? MAX_NUMERIC_SCALE : super.getMaxScale(type);
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
    SqlTypeName sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> SqlTypeName.BIGINT;
          case REAL, FLOAT, DOUBLE -> SqlTypeName.DOUBLE;
          default -> null;
        };
    if (sum != null) {
      return nullableAs(types, types.createSqlType(sum), argument);
    }
    if (argument.getSqlTypeName() == SqlTypeName.DECIMAL) {
      RelDataType wide =
          types.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC_PRECISION, argument.getScale());
      return nullableAs(types, wide, argument);
    }
    return super.deriveSumType(types, argument);
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
    return nullableAs(types, types.createSqlType(SqlTypeName.DOUBLE), argument);
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  private static RelDataType nullableAs(
      RelDataTypeFactory types, RelDataType type, RelDataType like) {
    return types.createTypeWithNullability(type, like.isNullable());
  }
}

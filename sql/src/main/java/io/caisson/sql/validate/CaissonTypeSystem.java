package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The types of results as standing queries keep them, so that a view and its query agree: SUM of
 * integers is BIGINT, of REAL and DOUBLE a DOUBLE, of NUMERIC a NUMERIC; AVG is a DOUBLE, of
 * NUMERIC a NUMERIC. Stateless.
 */
final class CaissonTypeSystem extends RelDataTypeSystemImpl {
  private static final int INTERVAL_PRECISION = 10;

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case TIMESTAMP, TIME -> SqlType.DEFAULT_TIMESTAMP_PRECISION;
      case DECIMAL -> SqlTypes.UNLIMITED_PRECISION;
      default ->
          SqlTypeName.INTERVAL_TYPES.contains(type)
              ? INTERVAL_PRECISION
              : super.getDefaultPrecision(type);
    };
  }

  @Override
  public int getDefaultScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? SqlTypes.UNLIMITED_SCALE : super.getDefaultScale(type);
  }

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL
        ? SqlType.MAX_NUMERIC_PRECISION
        : super.getMaxPrecision(type);
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? SqlType.MAX_NUMERIC_PRECISION : super.getMaxScale(type);
  }

  @Override
  public @Nullable RelDataType deriveDecimalPlusType(
      RelDataTypeFactory types, RelDataType left, RelDataType right) {
    return unlimited(types, left, right);
  }

  @Override
  public @Nullable RelDataType deriveDecimalMultiplyType(
      RelDataTypeFactory types, RelDataType left, RelDataType right) {
    return unlimited(types, left, right);
  }

  @Override
  public @Nullable RelDataType deriveDecimalDivideType(
      RelDataTypeFactory types, RelDataType left, RelDataType right) {
    return unlimited(types, left, right);
  }

  @Override
  public @Nullable RelDataType deriveDecimalModType(
      RelDataTypeFactory types, RelDataType left, RelDataType right) {
    return unlimited(types, left, right);
  }

  /** Arithmetic with a NUMERIC gives a NUMERIC, whose values know their digits themselves. */
  private static @Nullable RelDataType unlimited(
      RelDataTypeFactory types, RelDataType left, RelDataType right) {
    boolean exact = SqlTypeUtil.isExactNumeric(left) && SqlTypeUtil.isExactNumeric(right);
    boolean decimal = SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right);
    return exact && decimal ? SqlTypes.unlimitedNumeric(types) : null;
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
      return nullableAs(types, SqlTypes.unlimitedNumeric(types), argument);
    }
    return super.deriveSumType(types, argument);
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
    RelDataType average =
        argument.getSqlTypeName() == SqlTypeName.DECIMAL
            ? SqlTypes.unlimitedNumeric(types)
            : types.createSqlType(SqlTypeName.DOUBLE);
    return nullableAs(types, average, argument);
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

package io.caisson.sql.validate;

import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Our types and Calcite's, one for the other. Stateless. */
public final class SqlTypes {
  private static final int MAX_PRECISION = 3;

  /**
   * What Calcite takes for the precision of a NUMERIC without limits; it knows none that has none.
   */
  static final int UNLIMITED_PRECISION = SqlType.MAX_NUMERIC_PRECISION;

  /** And for its scale. */
  static final int UNLIMITED_SCALE = SqlType.MAX_NUMERIC_PRECISION / 2;

  /** Names of types that PostgreSQL has and Calcite's grammar has not. */
  private static final Map<String, TypeKind> NAMED =
      Map.ofEntries(
          Map.entry("text", TypeKind.TEXT),
          Map.entry("string", TypeKind.TEXT),
          Map.entry("bytea", TypeKind.BYTEA),
          Map.entry("bool", TypeKind.BOOLEAN),
          Map.entry("int2", TypeKind.SMALLINT),
          Map.entry("int4", TypeKind.INTEGER),
          Map.entry("int8", TypeKind.BIGINT),
          Map.entry("float4", TypeKind.REAL),
          Map.entry("float8", TypeKind.DOUBLE),
          Map.entry("bpchar", TypeKind.TEXT),
          Map.entry("timestamptz", TypeKind.TIMESTAMPTZ),
          Map.entry("interval", TypeKind.INTERVAL),
          Map.entry("uuid", TypeKind.UUID),
          Map.entry("jsonb", TypeKind.JSONB),
          Map.entry("json", TypeKind.JSONB));

  private SqlTypes() {}

  /** The type of a name that is no keyword. */
  public static Optional<SqlType> named(String name) {
    return Optional.ofNullable(NAMED.get(name.toLowerCase(Locale.ROOT))).map(SqlType::of);
  }

  /** Calcite's type of NUMERIC values with any number of digits, not NULL. */
  static RelDataType unlimitedNumeric(RelDataTypeFactory types) {
    return types.createSqlType(SqlTypeName.DECIMAL, UNLIMITED_PRECISION, UNLIMITED_SCALE);
  }

  /** Whether a type is NUMERIC without limits. */
  public static boolean isUnlimited(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        && type.getPrecision() == UNLIMITED_PRECISION
        && type.getScale() == UNLIMITED_SCALE;
  }

  /**
   * A constant as it was written: Calcite writes those of NUMERIC without limits with all the
   * digits that it takes for its scale.
   */
  public static BigDecimal written(BigDecimal value) {
    return value.scale() >= UNLIMITED_SCALE ? DecimalArithmetic.key(value) : value;
  }

  /** Our type as Calcite's. */
  public static RelDataType toCalcite(SqlType type, RelDataTypeFactory types) {
    RelDataType made =
        switch (type.kind()) {
          case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
          case SMALLINT -> types.createSqlType(SqlTypeName.SMALLINT);
          case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
          case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
          case REAL -> types.createSqlType(SqlTypeName.REAL);
          case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
          case NUMERIC ->
              type.precision() < 0
                  ? unlimitedNumeric(types)
                  : types.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
          case TEXT ->
              type.precision() < 0
                  ? types.createSqlType(SqlTypeName.VARCHAR)
                  : types.createSqlType(SqlTypeName.VARCHAR, type.precision());
          case BYTEA -> types.createSqlType(SqlTypeName.VARBINARY);
          case DATE -> types.createSqlType(SqlTypeName.DATE);
          case TIME -> types.createSqlType(SqlTypeName.TIME, precision(type));
          case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, precision(type));
          case TIMESTAMPTZ ->
              types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision(type));
          case INTERVAL, UUID, JSONB, ARRAY -> new ObjectType(type.withNullable(false));
        };
    return types.createTypeWithNullability(made, type.nullable());
  }

  private static int precision(SqlType type) {
    return type.precision() < 0 ? MAX_PRECISION : Math.min(type.precision(), MAX_PRECISION);
  }

  /** Calcite's type as ours, or nothing where we have no such type. */
  public static Optional<SqlType> fromCalcite(RelDataType type) {
    if (type instanceof ObjectType ours) {
      return Optional.of(ours.type());
    }
    TypeKind kind = kind(type.getSqlTypeName());
    if (kind == null) {
      return Optional.empty();
    }
    SqlType ours = SqlType.of(kind);
    if (kind == TypeKind.NUMERIC) {
      ours =
          isUnlimited(type)
              ? SqlType.of(kind)
              : new SqlType(kind, type.getPrecision(), type.getScale(), true);
    } else if (kind == TypeKind.TIMESTAMP
        || kind == TypeKind.TIME
        || kind == TypeKind.TIMESTAMPTZ) {
      ours = new SqlType(kind, Math.max(0, type.getPrecision()), 0, true);
    } else if (type.getSqlTypeName() == SqlTypeName.VARCHAR && type.getPrecision() > 0) {
      boolean bounded = type.getPrecision() < Integer.MAX_VALUE;
      ours = new SqlType(kind, bounded ? type.getPrecision() : -1, 0, true);
    }
    return Optional.of(ours.withNullable(type.isNullable()));
  }

  /** The type of an array's elements where values of a type are; a constant text is a TEXT. */
  static Optional<SqlType> elementType(RelDataType type) {
    return fromCalcite(type)
        .filter(element -> element.kind() != TypeKind.ARRAY)
        .map(
            element ->
                type.getSqlTypeName() == SqlTypeName.CHAR
                    ? SqlType.of(TypeKind.TEXT)
                    : element.withNullable(true));
  }

  private static @Nullable TypeKind kind(SqlTypeName name) {
    return switch (name) {
      case BOOLEAN -> TypeKind.BOOLEAN;
      case TINYINT, SMALLINT -> TypeKind.SMALLINT;
      case INTEGER -> TypeKind.INTEGER;
      case BIGINT -> TypeKind.BIGINT;
      case REAL -> TypeKind.REAL;
      case FLOAT, DOUBLE -> TypeKind.DOUBLE;
      case DECIMAL -> TypeKind.NUMERIC;
      case CHAR, VARCHAR, NULL -> TypeKind.TEXT;
      case BINARY, VARBINARY -> TypeKind.BYTEA;
      case DATE -> TypeKind.DATE;
      case TIME -> TypeKind.TIME;
      case TIMESTAMP -> TypeKind.TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> TypeKind.TIMESTAMPTZ;
      default -> null;
    };
  }
}

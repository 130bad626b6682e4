package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes Calcite's types, with text in UTF-8. For one statement at a time. */
public final class CaissonTypeFactory extends JavaTypeFactoryImpl {
  /** A factory with the dialect's type system. */
  public CaissonTypeFactory() {
    super(new CaissonTypeSystem());
  }

  /** {@code NUMERIC(p)} has no digits behind the point. */
  @Override
  public RelDataType createSqlType(SqlTypeName name, int precision) {
    if (name == SqlTypeName.DECIMAL) {
      boolean unlimited = precision == SqlTypes.UNLIMITED_PRECISION;
      return unlimited ? SqlTypes.unlimitedNumeric(this) : createSqlType(name, precision, 0);
    }
    return super.createSqlType(name, precision);
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof ObjectType ours
        ? canonize(new ObjectType(ours.type().withNullable(nullable)))
        : super.createTypeWithNullability(type, nullable);
  }

  @Override
  public Type getJavaClass(RelDataType type) {
    return type instanceof ObjectType ours
        ? ours.kind().physicalObject()
        : super.getJavaClass(type);
  }

  /** Arrays are ours; of what can't be an element, such as a row, they stay Calcite's. */
  @Override
  public RelDataType createArrayType(RelDataType element, long maximum) {
    SqlType ours = SqlTypes.elementType(element).orElse(null);
    return ours == null
        ? super.createArrayType(element, maximum)
        : SqlTypes.toCalcite(SqlType.arrayOf(ours).withNullable(false), this);
  }

  /** Calcite's own type of a list of values, for its operators that take lists apart. */
  RelDataType createListType(RelDataType element) {
    return super.createArrayType(element, -1);
  }

  /** What a value of our type and constant texts have in common is our type. */
  private @Nullable RelDataType commonObject(List<RelDataType> types) {
    RelDataType ours =
        types.stream().filter(type -> type instanceof ObjectType).findFirst().orElse(null);
    if (ours == null) {
      return null;
    }
    boolean nullable = false;
    for (RelDataType type : types) {
      boolean untyped =
          type.getSqlTypeName() == SqlTypeName.CHAR || type.getSqlTypeName() == SqlTypeName.NULL;
      if (!untyped && type.getFamily() != ours.getFamily()) {
        return null;
      }
      nullable |= type.isNullable() || type.getSqlTypeName() == SqlTypeName.NULL;
    }
    return createTypeWithNullability(ours, nullable);
  }

  /** What a NUMERIC without limits and another number have in common has no limits either. */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mapping) {
    if (types.stream().anyMatch(type -> type instanceof ObjectType)) {
      return commonObject(types);
    }
    RelDataType common = super.leastRestrictive(types, mapping);
    if (common == null || common.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return common;
    }
    return types.stream().anyMatch(SqlTypes::isUnlimited)
        ? createTypeWithNullability(SqlTypes.unlimitedNumeric(this), common.isNullable())
        : common;
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}

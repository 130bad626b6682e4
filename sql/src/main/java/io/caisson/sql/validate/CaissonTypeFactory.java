package io.caisson.sql.validate;

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
    return name == SqlTypeName.DECIMAL
        ? createSqlType(name, precision, 0)
        : super.createSqlType(name, precision);
  }

  /** NUMERICs of different forms have only NUMERIC without limits in common. */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mapping) {
    RelDataType common = super.leastRestrictive(types, mapping);
    if (common == null || common.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return common;
    }
    boolean alike =
        types.stream()
            .filter(type -> type.getSqlTypeName() != SqlTypeName.NULL)
            .allMatch(type -> createTypeWithNullability(type, common.isNullable()).equals(common));
    return alike
        ? common
        : createTypeWithNullability(SqlTypes.unlimitedNumeric(this), common.isNullable());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}

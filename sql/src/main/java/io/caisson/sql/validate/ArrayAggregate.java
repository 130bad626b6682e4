package io.caisson.sql.validate;

import io.caisson.function.array.ArrayText;
import io.caisson.type.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** {@code ARRAY_AGG(x ORDER BY y)}: an array of ours, NULL where there is no row. Stateless. */
final class ArrayAggregate {
  static final SqlAggFunction FUNCTION =
      SqlBasicAggFunction.create(
              "array_agg",
              SqlKind.ARRAY_AGG,
              ReturnTypes.andThen(
                  ReturnTypes::stripOrderBy,
                  binding -> array(binding.getOperandType(0), binding.getTypeFactory())),
              OperandTypes.ANY)
          .withFunctionType(SqlFunctionCategory.SYSTEM)
          .withSyntax(SqlSyntax.ORDERED_FUNCTION);

  private ArrayAggregate() {}

  private static RelDataType array(RelDataType value, RelDataTypeFactory types) {
    SqlType element = SqlTypes.elementType(value).orElseThrow(ArrayText::dimensions);
    return SqlTypes.toCalcite(SqlType.arrayOf(element), types);
  }
}

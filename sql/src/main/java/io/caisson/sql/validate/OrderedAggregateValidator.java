package io.caisson.sql.validate;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, which passes over the sort keys of an aggregate that has a FILTER as well:
 * operators in them would stay without a function. For one query.
 */
abstract class OrderedAggregateValidator extends SqlValidatorImpl {
  OrderedAggregateValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader names,
      RelDataTypeFactory types,
      Config config) {
    super(operators, names, types, config);
  }

  @Override
  public void validateAggregateParams(
      SqlCall call,
      @Nullable SqlNode filter,
      @Nullable SqlNodeList distinctKeys,
      @Nullable SqlNodeList sortKeys,
      SqlValidatorScope scope) {
    super.validateAggregateParams(call, filter, distinctKeys, sortKeys, scope);
    if (filter != null && sortKeys != null) {
      for (SqlNode key : sortKeys) {
        Objects.requireNonNull(deriveType(scope, key));
      }
    }
  }
}

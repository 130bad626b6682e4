package io.caisson.sql.validate;

import io.caisson.function.array.ArrayCasts;
import io.caisson.function.operator.CastFunctions;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Static;

/** CAST and {@code ::}, from and to types of ours too. Immutable. */
final class CastOperator extends SqlCastFunction {
  /** The only one. */
  static final CastOperator INSTANCE = new CastOperator();

  private CastOperator() {}

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding call) {
    RelDataType type =
        call.getTypeFactory()
            .createTypeWithNullability(call.getOperandType(1), call.getOperandType(0).isNullable());
    boolean untyped =
        call instanceof SqlCallBinding binding && SqlUtil.isNullLiteral(binding.operand(0), false);
    if (untyped && call instanceof SqlCallBinding binding) {
      RelDataType nullable = call.getTypeFactory().createTypeWithNullability(type, true);
      binding.getValidator().setValidatedNodeType(binding.operand(0), nullable);
      return nullable;
    }
    return type;
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    if (SqlUtil.isNullLiteral(call.operand(0), false)) {
      return true;
    }
    RelDataType from = call.getOperandType(0);
    RelDataType to = call.getOperandType(1);
    boolean possible = isPossible(from, to);
    if (!possible && throwOnFailure) {
      throw call.newError(
          Static.RESOURCE.cannotCastValue(from.getFullTypeString(), to.getFullTypeString()));
    }
    return possible;
  }

  private static boolean isPossible(RelDataType from, RelDataType to) {
    SqlType array = SqlTypes.fromCalcite(to).orElse(null);
    SqlType value = SqlTypes.fromCalcite(from).orElse(null);
    if (array != null
        && value != null
        && from.getSqlTypeName() != SqlTypeName.NULL
        && (array.element() != null || value.element() != null)) {
      return ArrayCasts.isPossible(value, array);
    }
    TypeKind given = SqlTypes.fromCalcite(from).map(SqlType::kind).orElse(null);
    TypeKind wanted = SqlTypes.fromCalcite(to).map(SqlType::kind).orElse(null);
    if (from.getSqlTypeName() == SqlTypeName.NULL) {
      return true;
    }
    if (given == null || wanted == null || !(isOurs(given) || isOurs(wanted))) {
      boolean known =
          given != null && wanted != null && CastFunctions.find(given, wanted).isPresent();
      return known || SqlTypeUtil.canCastFrom(to, from, true);
    }
    return given == wanted || CastFunctions.find(given, wanted).isPresent();
  }

  private static boolean isOurs(@org.jspecify.annotations.Nullable TypeKind kind) {
    return kind == TypeKind.TIMESTAMPTZ
        || kind == TypeKind.UUID
        || kind == TypeKind.JSONB
        || kind == TypeKind.INTERVAL;
  }
}

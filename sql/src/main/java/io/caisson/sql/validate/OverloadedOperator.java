package io.caisson.sql.validate;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * An operator of the standard that has further meanings for types of ours, or one that has only
 * these. Immutable.
 */
final class OverloadedOperator extends SqlBinaryOperator {
  private final Overloads overloads;
  private final SqlBinaryOperator standard;

  /**
   * An operator.
   *
   * @param standard what it is where none of ours fits
   * @param overloads ours
   */
  OverloadedOperator(SqlBinaryOperator standard, Overloads overloads) {
    super(
        standard.getName(),
        standard.getKind(),
        standard.getLeftPrec(),
        true,
        overloads::resultType,
        overloads::inferTypes,
        overloads);
    this.overloads = overloads;
    this.standard = standard;
  }

  /** What it may mean. */
  Overloads overloads() {
    return overloads;
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    boolean ours = isOurs(call);
    if (ours || standard.getOperandTypeChecker() == null) {
      return overloads.checkOperandTypes(call, throwOnFailure);
    }
    ((SqlBasicCall) call.getCall()).setOperator(standard);
    return standard.checkOperandTypes(call, throwOnFailure);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding call) {
    RelDataType ours = isOurs(call) ? overloads.resultType(call) : null;
    return ours == null ? standard.inferReturnType(call) : ours;
  }

  /** Constant texts alone are what they are to the standard. */
  private boolean isOurs(SqlOperatorBinding call) {
    List<RelDataType> types = call.collectOperandTypes();
    boolean untyped =
        types.stream()
            .allMatch(
                type ->
                    type.getSqlTypeName() == SqlTypeName.CHAR
                        || type.getSqlTypeName() == SqlTypeName.NULL);
    boolean alone = standard.getOperandTypeChecker() == null;
    return (alone || !untyped) && overloads.choose(types).isPresent();
  }
}

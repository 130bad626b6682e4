package io.caisson.sql.validate;

import io.caisson.type.TypeKind;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

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
    boolean arrays = call.collectOperandTypes().stream().anyMatch(OverloadedOperator::isArray);
    if (ours || arrays || standard.getOperandTypeChecker() == null) {
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

  /** A constant text beside a number or a text is what it is to the standard. */
  private boolean isOurs(SqlOperatorBinding call) {
    List<RelDataType> types = call.collectOperandTypes();
    boolean alone = standard.getOperandTypeChecker() == null;
    boolean plain =
        types.stream().anyMatch(OverloadedOperator::isUntyped)
            && types.stream()
                .allMatch(
                    type ->
                        isUntyped(type)
                            || SqlTypeUtil.isNumeric(type)
                            || SqlTypeUtil.isCharacter(type));
    // A text beside something else than an array is a text, not the text of an array.
    boolean arrays = types.stream().anyMatch(OverloadedOperator::isArray);
    return (alone || !plain)
        && overloads.choose(types).filter(chosen -> arrays || !takesArray(chosen)).isPresent();
  }

  private static boolean isArray(RelDataType type) {
    return type instanceof ObjectType ours && ours.kind() == TypeKind.ARRAY;
  }

  private static boolean takesArray(BuiltInFunction function) {
    return function.scalar().arguments().stream().anyMatch(type -> type.element() != null);
  }

  private static boolean isUntyped(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR || type.getSqlTypeName() == SqlTypeName.NULL;
  }
}

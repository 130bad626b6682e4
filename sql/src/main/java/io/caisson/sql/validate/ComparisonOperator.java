package io.caisson.sql.validate;

import io.caisson.type.TypeKind;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A comparison that also compares values of our types, with constant texts that stand for such
 * values too. Immutable.
 */
final class ComparisonOperator extends SqlBinaryOperator {
  private final SqlBinaryOperator standard;

  ComparisonOperator(SqlBinaryOperator standard) {
    super(
        standard.getName(),
        standard.getKind(),
        standard.getLeftPrec(),
        true,
        ReturnTypes.BOOLEAN_NULLABLE,
        InferTypes.FIRST_KNOWN,
        OperandTypes.ANY_ANY);
    this.standard = standard;
  }

  /** The standard's comparison, of two values of one type. */
  SqlBinaryOperator standard() {
    return standard;
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    if (common(call.getOperandType(0), call.getOperandType(1), call.getTypeFactory()) != null) {
      return true;
    }
    if (isArray(call.getOperandType(0)) || isArray(call.getOperandType(1))) {
      if (throwOnFailure) {
        throw call.newValidationSignatureError();
      }
      return false;
    }
    ((SqlBasicCall) call.getCall()).setOperator(standard);
    return standard.checkOperandTypes(call, throwOnFailure);
  }

  /** The type of ours as which two values are compared; null where the standard compares them. */
  static @Nullable RelDataType common(
      RelDataType left, RelDataType right, RelDataTypeFactory types) {
    if (isInstant(left) || isInstant(right)) {
      boolean times = isTime(left) && isTime(right);
      return times ? types.createTypeWithNullability(isInstant(left) ? left : right, true) : null;
    }
    RelDataType ours =
        left instanceof ObjectType ? left : right instanceof ObjectType ? right : null;
    boolean both = fits(left, ours) && fits(right, ours);
    return ours != null && both ? types.createTypeWithNullability(ours, true) : null;
  }

  private static boolean fits(RelDataType type, @Nullable RelDataType ours) {
    return ours != null && (isUntyped(type) || type.getFamily() == ours.getFamily());
  }

  private static boolean isArray(RelDataType type) {
    return type instanceof ObjectType ours && ours.kind() == TypeKind.ARRAY;
  }

  private static boolean isTime(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return isInstant(type)
        || isUntyped(type)
        || name == SqlTypeName.TIMESTAMP
        || name == SqlTypeName.DATE;
  }

  private static boolean isUntyped(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR || type.getSqlTypeName() == SqlTypeName.NULL;
  }

  private static boolean isInstant(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }
}

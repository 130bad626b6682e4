package io.caisson.sql.validate;

import io.caisson.function.ScalarFunction;
import io.caisson.function.operator.NumberCasts;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;

/**
 * A value as PostgreSQL puts it out where texts are put together: as its cast to TEXT, but of the
 * truth one letter. Immutable.
 */
final class OutputText extends SqlSpecialOperator {
  private static final int PRECEDENCE = 100;
  private static final BuiltInFunction OF_TRUTH = ofTruth();

  static final OutputText INSTANCE = new OutputText();

  private OutputText() {
    super(
        "TEXT",
        SqlKind.OTHER,
        PRECEDENCE,
        true,
        ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
        InferTypes.VARCHAR_1024,
        OperandTypes.ANY);
  }

  private static BuiltInFunction ofTruth() {
    try {
      Method method = NumberCasts.class.getMethod("letter", boolean.class);
      return BuiltInFunction.of(
          new ScalarFunction(
              "text",
              List.of(SqlType.of(TypeKind.BOOLEAN)),
              SqlType.of(TypeKind.TEXT),
              method,
              "The truth as a letter",
              "concat(TRUE) = 't'"));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("the truth has no text", e);
    }
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  /** The text as an expression. */
  static RexNode convert(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RexNode value = Convertlets.operands(context, call).get(0);
    return value.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
        ? rex.makeCall(OF_TRUTH, value)
        : Convertlets.as(SqlType.of(TypeKind.TEXT), value, rex);
  }
}

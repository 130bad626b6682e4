package io.caisson.sql.validate;

import io.caisson.function.ScalarFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * A function that queries are rewritten to and that no query can name: it is not looked up.
 * Immutable.
 */
final class InnerFunction extends OverloadedFunction {
  private InnerFunction(String name, Overloads overloads) {
    super(name, overloads);
  }

  /** A function of some signatures. */
  static InnerFunction of(ScalarFunction... functions) {
    return new InnerFunction(functions[0].name(), new Overloads(List.of(functions)));
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      if (!SqlUtil.isNullLiteral(operand, false)) {
        validator.deriveType(scope, operand);
      }
    }
    return ArrayMisuse.placed(call, () -> validateOperands(validator, scope, call));
  }
}

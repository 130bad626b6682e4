package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;

/**
 * The list of values that UNNEST takes apart, of an array; without any where the array is NULL.
 * Immutable.
 */
public final class ArrayElements extends SqlUserDefinedFunction {
  static final ArrayElements INSTANCE = new ArrayElements();

  private static final Method METHOD =
      Types.lookupMethod(ElementValues.class, "list", SqlArray.class);

  private ArrayElements() {
    super(
        new SqlIdentifier("elements", SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        binding -> type(binding.getOperandType(0), binding.getTypeFactory()),
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            List.of(org.apache.calcite.sql.type.SqlTypeFamily.ANY),
            types -> List.of(),
            index -> "array",
            index -> false),
        new Implementation());
  }

  private static RelDataType type(RelDataType array, RelDataTypeFactory types) {
    SqlType given = SqlTypes.fromCalcite(array).orElse(null);
    if (given == null || given.element() == null) {
      String name = given == null ? array.toString() : given.sql();
      throw new CaissonException(
              SqlState.UNDEFINED_FUNCTION,
              "function unnest(" + name.toLowerCase(Locale.ROOT) + ") does not exist")
          .withHint("unnest takes an array.");
    }
    return ((CaissonTypeFactory) types).createListType(SqlTypes.toCalcite(given.elements(), types));
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return ArrayMisuse.placed(call, () -> validateOperands(validator, scope, call));
  }

  /** The call as an expression. */
  static RexNode convert(SqlRexContext context, SqlCall call) {
    return context.getRexBuilder().makeCall(INSTANCE, Convertlets.operands(context, call));
  }

  /** The call in code that Calcite generates. */
  private record Implementation() implements ImplementableFunction {
    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) -> Expressions.call(METHOD, operands),
          NullPolicy.NONE,
          false);
    }
  }
}

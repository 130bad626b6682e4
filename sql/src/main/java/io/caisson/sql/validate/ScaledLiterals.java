package io.caisson.sql.validate;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions as Calcite does, but that a number which becomes a NUMERIC without limits keeps
 * its digits: 1.0 is not made a literal with as many zeros as the type could have. Where it is only
 * compared, which no digits behind the last one change, it becomes one, by which indexes are found.
 * For one query.
 */
final class ScaledLiterals extends RexBuilder {
  ScaledLiterals(RelDataTypeFactory types) {
    super(types);
  }

  @Override
  public RexNode makeCast(
      SqlParserPos position,
      RelDataType type,
      RexNode expression,
      boolean matchesNullability,
      boolean safe,
      @Nullable RexLiteral format) {
    boolean widens =
        expression instanceof RexLiteral literal
            && !literal.isNull()
            && SqlTypeUtil.isExactNumeric(literal.getType())
            && SqlTypes.isUnlimited(type)
            && !SqlTypes.isUnlimited(literal.getType());
    return widens
        ? makeAbstractCast(position, type, expression, safe, format)
        : super.makeCast(position, type, expression, matchesNullability, safe, format);
  }

  @Override
  public RexNode makeCall(
      SqlParserPos position, RelDataType type, SqlOperator operator, List<RexNode> operands) {
    return super.makeCall(position, type, operator, compared(operator, operands));
  }

  @Override
  public RexNode makeCall(
      SqlParserPos position, SqlOperator operator, List<? extends RexNode> operands) {
    return super.makeCall(position, operator, compared(operator, operands));
  }

  private List<RexNode> compared(SqlOperator operator, List<? extends RexNode> operands) {
    return SqlKind.COMPARISON.contains(operator.getKind())
        ? operands.stream().map(this::literal).toList()
        : List.copyOf(operands);
  }

  private RexNode literal(RexNode operand) {
    return operand.getKind() == SqlKind.CAST
            && SqlTypes.isUnlimited(operand.getType())
            && operand instanceof RexCall cast
            && cast.getOperands().get(0) instanceof RexLiteral number
            && SqlTypeUtil.isExactNumeric(number.getType())
        ? super.makeCast(cast.getParserPosition(), cast.getType(), number, false, false, null)
        : operand;
  }
}

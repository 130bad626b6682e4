package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** How calls of our operators become expressions. Stateless. */
final class Convertlets implements SqlRexConvertletTable {
  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    if (call.getOperator() instanceof CastOperator) {
      return Convertlets::cast;
    }
    if (call.getOperator() instanceof TypeOfFunction) {
      return TypeOfFunction::name;
    }
    if (call.getOperator() instanceof OverloadedFunction function) {
      return (context, c) -> call(context, c, function.overloads());
    }
    if (call.getOperator() instanceof OverloadedOperator operator) {
      return (context, c) -> call(context, c, operator.overloads());
    }
    if (call.getOperator() instanceof ArrayConstructor) {
      return ArrayConstructor::convert;
    }
    if (call.getOperator() instanceof OutputText) {
      return OutputText::convert;
    }
    if (call.getOperator() instanceof ArrayElements) {
      return ArrayElements::convert;
    }
    if (call.getOperator() instanceof ComparisonOperator comparison) {
      return (context, c) -> comparison(context, c, comparison);
    }
    return StandardConvertletTable.INSTANCE.get(call);
  }

  private static RexNode cast(SqlRexContext context, SqlCall call) {
    RexNode value = context.convertExpression(call.operand(0));
    RelDataType type = castType(context, call, value);
    return value.getType().equals(type)
        ? value
        : context.getRexBuilder().makeAbstractCast(type, value, false);
  }

  /** The order of an aggregate with FILTER is not validated. */
  private static RelDataType castType(SqlRexContext context, SqlCall call, RexNode value) {
    RelDataType known = context.getValidator().getValidatedNodeTypeIfKnown(call);
    return known == null
        ? ((SqlDataTypeSpec) call.operand(1))
            .deriveType(context.getValidator(), value.getType().isNullable())
        : known;
  }

  private static RexNode call(SqlRexContext context, SqlCall call, Overloads overloads) {
    RexBuilder rex = context.getRexBuilder();
    List<RexNode> given = operands(context, call);
    BuiltInFunction function =
        overloads
            .choose(given.stream().map(RexNode::getType).toList())
            .orElseThrow(() -> new IllegalStateException("no function for " + call));
    var arguments = new ArrayList<RexNode>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(as(function.scalar().arguments().get(i), given.get(i), rex));
    }
    return rex.makeCall(function, arguments);
  }

  private static boolean isAlike(SqlType given, SqlType wanted) {
    return given.kind() == wanted.kind()
        && (given.element() == null || given.elements().kind() == wanted.elements().kind());
  }

  static RexNode as(SqlType wanted, RexNode given, RexBuilder rex) {
    boolean same =
        SqlTypes.fromCalcite(given.getType()).map(type -> isAlike(type, wanted)).orElse(false);
    if (same && given.getType().getSqlTypeName() != org.apache.calcite.sql.type.SqlTypeName.NULL) {
      return given;
    }
    RelDataType type =
        SqlTypes.toCalcite(wanted.withNullable(given.getType().isNullable()), rex.getTypeFactory());
    return rex.makeAbstractCast(type, given, false);
  }

  private static RexNode comparison(
      SqlRexContext context, SqlCall call, ComparisonOperator comparison) {
    RexBuilder rex = context.getRexBuilder();
    List<RexNode> operands = operands(context, call);
    RelDataType common =
        ComparisonOperator.common(
            operands.get(0).getType(), operands.get(1).getType(), rex.getTypeFactory());
    SqlType type = SqlTypes.fromCalcite(java.util.Objects.requireNonNull(common)).orElseThrow();
    return rex.makeCall(
        comparison.standard(), operands.stream().map(o -> as(type, o, rex)).toList());
  }

  static List<RexNode> operands(SqlRexContext context, SqlCall call) {
    var operands = new ArrayList<RexNode>();
    for (SqlNode operand : call.getOperandList()) {
      operands.add(context.convertExpression(operand));
    }
    return operands;
  }
}

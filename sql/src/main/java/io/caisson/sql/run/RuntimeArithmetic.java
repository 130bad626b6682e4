package io.caisson.sql.run;

import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.sql.validate.ObjectType;
import io.caisson.sql.validate.SqlTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes expressions mean what they mean in views: arithmetic is checked, so that an overflow or a
 * division by zero is an error and no wrong number, comparisons and casts are PostgreSQL's, and the
 * arguments of our functions have the types that they declare. For one tree.
 */
final class RuntimeArithmetic extends RelHomogeneousShuttle {
  private final RexShuttle expressions;

  RuntimeArithmetic(RexBuilder rex) {
    this.expressions = new Calls(rex);
  }

  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    RelNode changed = visited.accept(expressions);
    // What was sorted by an expression need not be sorted by the one in its place.
    return changed != visited && changed instanceof LogicalProject project
        ? LogicalProject.create(
            project.getInput(),
            project.getHints(),
            project.getProjects(),
            project.getRowType(),
            project.getVariablesSet())
        : changed;
  }

  /** Rewrites calls. */
  private static final class Calls extends RexShuttle {
    private final RexBuilder rex;

    Calls(RexBuilder rex) {
      this.rex = rex;
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
      boolean padded =
          !literal.isNull()
              && SqlTypes.isUnlimited(literal.getType())
              && literal.getValue() instanceof BigDecimal;
      return padded && literal.getValue() instanceof BigDecimal value
          ? exact(SqlTypes.written(value))
          : literal;
    }

    /**
     * A NUMERIC of these digits, also where it is whole: left to itself Calcite takes an INTEGER.
     */
    private RexNode exact(BigDecimal value) {
      int precision = Math.max(value.precision(), value.scale());
      RelDataType type =
          rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, precision, value.scale());
      return rex.makeExactLiteral(value, type);
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (!(visited instanceof RexCall changed)) {
        return visited;
      }
      if (changed.getOperator() instanceof BuiltInFunction function) {
        return withTypes(function, changed);
      }
      RexNode cast =
          changed.getKind() == SqlKind.CAST ? RuntimeCasts.replacement(changed, rex) : null;
      if (cast != null) {
        return cast;
      }
      RexNode operator = RuntimeOperators.replacement(changed, rex);
      if (operator != null) {
        return operator;
      }
      SqlOperator checked = checked(changed);
      return checked == null
          ? changed
          : rex.makeCall(changed.getType(), checked, changed.getOperands());
    }

    private RexNode withTypes(BuiltInFunction function, RexCall call) {
      RelDataTypeFactory types = rex.getTypeFactory();
      var arguments = new ArrayList<RexNode>();
      for (int i = 0; i < call.getOperands().size(); i++) {
        RexNode operand = call.getOperands().get(i);
        RelDataType wanted = SqlTypes.toCalcite(function.scalar().arguments().get(i), types);
        boolean as = wanted.getSqlTypeName() == operand.getType().getSqlTypeName();
        boolean fits =
            as
                || wanted instanceof ObjectType
                || SqlTypeUtil.isCharacter(wanted)
                || SqlTypeUtil.isDatetime(wanted)
                || SqlTypeUtil.isInterval(wanted);
        arguments.add(fits ? operand : rex.ensureType(wanted, operand, true));
      }
      return call.clone(call.getType(), arguments);
    }

    private static @org.jspecify.annotations.Nullable SqlOperator checked(RexCall call) {
      if (!SqlTypeUtil.isIntType(call.getType())) {
        return null;
      }
      return switch (call.getKind()) {
        case PLUS -> all(call) ? SqlStdOperatorTable.CHECKED_PLUS : null;
        case MINUS -> all(call) ? SqlStdOperatorTable.CHECKED_MINUS : null;
        case TIMES -> all(call) ? SqlStdOperatorTable.CHECKED_MULTIPLY : null;
        case MINUS_PREFIX -> SqlStdOperatorTable.CHECKED_UNARY_MINUS;
        case DIVIDE -> all(call) ? SqlStdOperatorTable.CHECKED_DIVIDE : null;
        default -> null;
      };
    }

    private static boolean all(RexCall call) {
      List<RexNode> operands = call.getOperands();
      return operands.stream().allMatch(o -> SqlTypeUtil.isIntType(o.getType()));
    }
  }
}

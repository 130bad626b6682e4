package io.caisson.sql.run;

import io.caisson.error.CaissonException;
import io.caisson.plan.Expression;
import io.caisson.sql.convert.ExpressionConverter;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Finds in a filter the comparisons of a column with a constant. Stateless. */
final class Conditions {
  private Conditions() {}

  static List<ColumnCondition> of(RexNode condition, RexBuilder rex) {
    var found = new ArrayList<ColumnCondition>();
    for (RexNode part : RelOptUtil.conjunctions(RexUtil.expandSearch(rex, null, condition))) {
      found.addAll(LikePrefix.of(part));
      if (part instanceof RexCall call && call.getOperands().size() == 2) {
        ColumnCondition one = comparison(call, rex);
        if (one != null) {
          found.add(one);
        }
      }
    }
    return found;
  }

  private static @Nullable ColumnCondition comparison(RexCall call, RexBuilder rex) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    boolean turned = left instanceof RexLiteral;
    ColumnCondition.Comparison comparison = comparison(call, turned);
    RexNode column = turned ? right : left;
    RexNode constant = turned ? left : right;
    if (comparison == null
        || !(column instanceof RexInputRef reference)
        || !(constant instanceof RexLiteral literal)
        || literal.isNull()
        || !sameFamily(column, constant)) {
      return null;
    }
    try {
      Expression value = new ExpressionConverter(rex, List.of()).convert(literal);
      Object physical = value instanceof Expression.Literal l ? l.value() : null;
      boolean known =
          physical instanceof Long || physical instanceof Double || physical instanceof String;
      return known && physical != null
          ? new ColumnCondition(reference.getIndex(), comparison, physical)
          : null;
    } catch (CaissonException notConstant) {
      return null;
    }
  }

  /** A physical value of another family than the column's would mean something else. */
  private static boolean sameFamily(RexNode column, RexNode constant) {
    boolean integers =
        SqlTypeUtil.isIntType(column.getType()) && SqlTypeUtil.isIntType(constant.getType());
    boolean texts =
        SqlTypeUtil.isCharacter(column.getType()) && SqlTypeUtil.isCharacter(constant.getType());
    return integers
        || texts
        || column.getType().getSqlTypeName() == constant.getType().getSqlTypeName();
  }

  private static ColumnCondition.@Nullable Comparison comparison(RexCall call, boolean turned) {
    return switch (call.getKind()) {
      case EQUALS -> ColumnCondition.Comparison.EQUAL;
      case LESS_THAN ->
          turned ? ColumnCondition.Comparison.GREATER : ColumnCondition.Comparison.LESS;
      case LESS_THAN_OR_EQUAL ->
          turned
              ? ColumnCondition.Comparison.GREATER_OR_EQUAL
              : ColumnCondition.Comparison.LESS_OR_EQUAL;
      case GREATER_THAN ->
          turned ? ColumnCondition.Comparison.LESS : ColumnCondition.Comparison.GREATER;
      case GREATER_THAN_OR_EQUAL ->
          turned
              ? ColumnCondition.Comparison.LESS_OR_EQUAL
              : ColumnCondition.Comparison.GREATER_OR_EQUAL;
      default -> null;
    };
  }
}

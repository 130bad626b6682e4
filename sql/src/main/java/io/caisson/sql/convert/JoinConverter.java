package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.JoinKeys;
import io.caisson.plan.JoinKind;
import io.caisson.plan.Plan;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Makes joins: comparisons of a column of either side become the key, everything else the
 * condition. For one join.
 */
final class JoinConverter {
  private final Join join;
  private final Plan left;
  private final Plan right;
  private final List<Integer> leftKeys = new ArrayList<>();
  private final List<Integer> rightKeys = new ArrayList<>();
  private final List<RexNode> rest = new ArrayList<>();

  private JoinConverter(Join join, Function<RelNode, Plan> inputs) {
    this.join = join;
    this.left = inputs.apply(join.getLeft());
    this.right = inputs.apply(join.getRight());
  }

  static Plan convert(Join join, Function<RelNode, Plan> inputs) {
    return new JoinConverter(join, inputs).plan();
  }

  private Plan plan() {
    List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
    boolean nullsMatch = conditions.stream().noneMatch(c -> isKey(c, SqlKind.EQUALS));
    SqlKind comparison = nullsMatch ? SqlKind.IS_NOT_DISTINCT_FROM : SqlKind.EQUALS;
    for (RexNode condition : conditions) {
      if (isKey(condition, comparison)) {
        addKey((RexCall) condition);
      } else if (!condition.isAlwaysTrue()) {
        rest.add(condition);
      }
    }
    return IntervalJoins.recognised(
        new io.caisson.plan.Join(
            left,
            right,
            kind(),
            new JoinKeys(leftKeys, rightKeys, nullsMatch && !leftKeys.isEmpty()),
            condition()));
  }

  private JoinKind kind() {
    return switch (join.getJoinType()) {
      case INNER -> JoinKind.INNER;
      case LEFT -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case FULL -> JoinKind.FULL;
      case SEMI -> JoinKind.SEMI;
      case ANTI -> JoinKind.ANTI;
      default ->
          throw Refusal.of(
              "the join " + join.getJoinType(), "Use an inner or outer join with conditions.");
    };
  }

  /** Whether a condition compares a column of one side with one of the other of the same type. */
  private boolean isKey(RexNode condition, SqlKind comparison) {
    if (condition.getKind() != comparison
        || !(condition instanceof RexCall call)
        || !(call.getOperands().get(0) instanceof RexInputRef one)
        || !(call.getOperands().get(1) instanceof RexInputRef other)) {
      return false;
    }
    int low = Math.min(one.getIndex(), other.getIndex());
    int high = Math.max(one.getIndex(), other.getIndex());
    int border = left.fields().size();
    if (low >= border || high < border) {
      return false;
    }
    TypeKind kind = kind(left, low);
    return kind == kind(right, high - border);
  }

  private static TypeKind kind(Plan input, int column) {
    Field field = input.fields().get(column);
    return field.type().kind();
  }

  private void addKey(RexCall comparison) {
    int one = ((RexInputRef) comparison.getOperands().get(0)).getIndex();
    int other = ((RexInputRef) comparison.getOperands().get(1)).getIndex();
    leftKeys.add(Math.min(one, other));
    rightKeys.add(Math.max(one, other) - left.fields().size());
  }

  private Optional<Expression> condition() {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    RexBuilder rex = join.getCluster().getRexBuilder();
    List<Expression> columns = new ArrayList<>(PlanConverter.columns(left));
    int border = columns.size();
    List<Field> fields = right.fields();
    for (int i = 0; i < fields.size(); i++) {
      columns.add(new Expression.InputColumn(border + i, fields.get(i).type()));
    }
    RexNode condition = RexUtil.composeConjunction(rex, rest);
    return Optional.of(new ExpressionConverter(rex, columns).convert(condition));
  }
}

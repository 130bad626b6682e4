package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * An as-of join over plain columns, as a query describes it. Immutable.
 *
 * @param leftKeys positions in the left input of the columns that are equal
 * @param rightKeys as many positions in the right one
 * @param leftTime position of the left input's time
 * @param rightTime position of the right one's
 * @param later whether the right row's time is from the left one's on, or up to it
 * @param strict whether the same time does not count
 * @param keepsLeft whether left rows that find none stay
 */
public record AsofCall(
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    int leftTime,
    int rightTime,
    boolean later,
    boolean strict,
    boolean keepsLeft) {
  /** Copies the lists. */
  public AsofCall {
    leftKeys = List.copyOf(leftKeys);
    rightKeys = List.copyOf(rightKeys);
  }

  /** What a join says; empty where it compares more than columns. */
  public static Optional<AsofCall> of(AsofJoin join) {
    int border = join.getLeft().getRowType().getFieldCount();
    var left = new ArrayList<Integer>();
    var right = new ArrayList<Integer>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      if (condition.isAlwaysTrue()) {
        continue;
      }
      if (condition.getKind() != SqlKind.EQUALS || !comparesColumns(condition, border)) {
        return Optional.empty();
      }
      left.add(Math.min(column(condition, 0), column(condition, 1)));
      right.add(Math.max(column(condition, 0), column(condition, 1)) - border);
    }
    RexNode match = join.getMatchCondition();
    if (!comparesColumns(match, border)) {
      return Optional.empty();
    }
    boolean rightFirst = column(match, 0) >= border;
    SqlKind kind = rightFirst ? match.getKind() : match.getKind().reverse();
    return Optional.of(
        new AsofCall(
            left,
            right,
            column(match, rightFirst ? 1 : 0),
            column(match, rightFirst ? 0 : 1) - border,
            kind == SqlKind.GREATER_THAN || kind == SqlKind.GREATER_THAN_OR_EQUAL,
            kind == SqlKind.GREATER_THAN || kind == SqlKind.LESS_THAN,
            join.getJoinType() == JoinRelType.LEFT_ASOF));
  }

  private static boolean comparesColumns(RexNode condition, int border) {
    return condition instanceof RexCall call
        && call.getOperands().size() == 2
        && call.getOperands().get(0) instanceof RexInputRef one
        && call.getOperands().get(1) instanceof RexInputRef other
        && one.getIndex() < border != other.getIndex() < border;
  }

  private static int column(RexNode comparison, int operand) {
    return ((RexInputRef) ((RexCall) comparison).getOperands().get(operand)).getIndex();
  }
}

package io.caisson.sql.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes semi-joins of EXISTS and their opposites of NOT EXISTS, where the sub-query knows the row
 * by its condition alone:
 *
 * <pre>
 *   filter exists (filter b.id = $cor.id < b)          semi join b.id = a.id
 *     a                                          ──▶      a | b
 * </pre>
 *
 * Stateless.
 */
final class ExistsJoins extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    return visited instanceof LogicalFilter filter ? joined(filter) : visited;
  }

  private static RelNode joined(LogicalFilter filter) {
    RelNode rows = filter.getInput();
    var rest = new ArrayList<RexNode>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      boolean negated = condition.getKind() == SqlKind.NOT;
      RexNode inner = negated ? ((RexCall) condition).getOperands().get(0) : condition;
      RelNode join =
          inner instanceof RexSubQuery exists && inner.getKind() == SqlKind.EXISTS
              ? join(rows, exists, filter.getVariablesSet(), negated)
              : null;
      if (join == null) {
        rest.add(condition);
      } else {
        rows = join;
      }
    }
    if (rows == filter.getInput()) {
      return filter;
    }
    RexBuilder rex = filter.getCluster().getRexBuilder();
    return rest.isEmpty()
        ? rows
        : LogicalFilter.create(
            rows,
            RexUtil.composeConjunction(rex, rest),
            com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
  }

  private static @Nullable RelNode join(
      RelNode rows, RexSubQuery exists, Set<CorrelationId> variables, boolean negated) {
    RelNode sub = exists.rel;
    while (sub instanceof Project project && !RexUtil.SubQueryFinder.containsSubQuery(project)) {
      sub = project.getInput();
    }
    if (!(sub instanceof Filter filter)
        || RexUtil.SubQueryFinder.find(filter.getCondition()) != null
        || !RelOptUtil.getVariablesUsed(filter.getInput()).isEmpty()) {
      return null;
    }
    RexBuilder rex = rows.getCluster().getRexBuilder();
    List<RexNode> all = RelOptUtil.conjunctions(filter.getCondition());
    List<RexNode> own = all.stream().filter(one -> !RexUtil.containsCorrelation(one)).toList();
    List<RexNode> both = all.stream().filter(RexUtil::containsCorrelation).toList();
    var asColumns = new OuterColumns(rows, variables);
    RexNode condition = RexUtil.composeConjunction(rex, asColumns.visitList(both));
    return asColumns.others
        ? null
        : LogicalJoin.create(
            rows,
            own.isEmpty()
                ? filter.getInput()
                : LogicalFilter.create(filter.getInput(), RexUtil.composeConjunction(rex, own)),
            List.of(),
            condition,
            Set.of(),
            negated ? JoinRelType.ANTI : JoinRelType.SEMI);
  }

  /** Columns of the outer row, which become those of the left side. */
  private static final class OuterColumns extends RexShuttle {
    private final RelNode rows;
    private final Set<CorrelationId> variables;
    private boolean others;

    OuterColumns(RelNode rows, Set<CorrelationId> variables) {
      this.rows = rows;
      this.variables = variables;
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      if (access.getReferenceExpr() instanceof RexCorrelVariable variable
          && variables.contains(variable.id)) {
        return rows.getCluster().getRexBuilder().makeInputRef(rows, access.getField().getIndex());
      }
      others = true;
      return access;
    }

    @Override
    public RexNode visitInputRef(RexInputRef column) {
      return new RexInputRef(
          rows.getRowType().getFieldCount() + column.getIndex(), column.getType());
    }
  }
}

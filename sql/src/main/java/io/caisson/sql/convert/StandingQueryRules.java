package io.caisson.sql.convert;

import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;

/**
 * What is done to the tree of a standing query before it becomes a plan: sub-queries become joins,
 * conditions go to the joins they belong to, and OVER becomes a node. Stateless.
 */
final class StandingQueryRules {
  private static final List<RelOptRule> SUB_QUERIES =
      keepingRows(
          CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
          CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);
  private static final List<RelOptRule> JOINS =
      keepingRows(
          CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW,
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.JOIN_CONDITION_PUSH,
          CoreRules.JOIN_PUSH_EXPRESSIONS,
          CoreRules.FILTER_MERGE);

  private StandingQueryRules() {}

  private static List<RelOptRule> keepingRows(RelRule<?>... rules) {
    return Arrays.stream(rules)
        .<RelOptRule>map(
            rule -> rule.config.withRelBuilderFactory(RowsKeptBuilder.FACTORY).toRule())
        .toList();
  }

  static RelNode apply(RelNode query) {
    RelNode tree = rewritten(query.accept(new ExistsJoins()), SUB_QUERIES);
    RelBuilder builder = RowsKeptBuilder.FACTORY.create(tree.getCluster(), null);
    if (RelOptUtil.getVariablesUsed(tree).isEmpty()) {
      tree = RelDecorrelator.decorrelateQuery(tree, builder);
    }
    return rewritten(tree, JOINS);
  }

  private static RelNode rewritten(RelNode tree, List<RelOptRule> rules) {
    HepProgram program =
        HepProgram.builder()
            .addMatchOrder(HepMatchOrder.BOTTOM_UP)
            .addRuleCollection(rules)
            .build();
    var planner = new HepPlanner(program, null, true, null, RelOptCostImpl.FACTORY);
    planner.setRoot(tree);
    return planner.findBestExp();
  }
}

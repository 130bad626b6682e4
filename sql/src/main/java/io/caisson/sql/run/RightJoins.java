package io.caisson.sql.run;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.rules.JoinCommuteRule;

/**
 * Turns right joins into left joins: Calcite's runtime gives of several rows on the right that have
 * one key and no partner only one.
 *
 * <pre>
 *   Join RIGHT (a, b)       →       Project [a, b]
 *                                     Join LEFT (b, a)
 * </pre>
 *
 * For one tree.
 */
final class RightJoins extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    if (!(visited instanceof LogicalJoin join) || join.getJoinType() != JoinRelType.RIGHT) {
      return visited;
    }
    var builder = RelFactories.LOGICAL_BUILDER.create(join.getCluster(), null);
    RelNode swapped = JoinCommuteRule.swap(join, true, builder);
    return swapped == null ? join : swapped;
  }
}

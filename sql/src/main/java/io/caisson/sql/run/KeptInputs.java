package io.caisson.sql.run;

import io.caisson.sql.runtime.KeptRows;
import io.caisson.sql.runtime.RowOperation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableSort;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.sql.SqlKind;

/**
 * Puts an account before each operator of Calcite's runtime that keeps the rows of an input:
 *
 * <pre>
 *   HashJoin                  HashJoin
 *     left            →         left
 *     right                     Keep
 *                                 right
 * </pre>
 *
 * For one tree that can run.
 */
final class KeptInputs extends RelHomogeneousShuttle {
  private final List<RowOperation> operations;

  /** Adds the operations to those of a query. */
  KeptInputs(List<RowOperation> operations) {
    this.operations = operations;
  }

  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    List<RelNode> inputs = new ArrayList<>(visited.getInputs());
    boolean changed = false;
    for (int i = 0; i < inputs.size(); i++) {
      if (keeps(visited, i)) {
        inputs.set(i, counted(inputs.get(i), visited instanceof EnumerableNestedLoopJoin));
        changed = true;
      }
    }
    return changed ? visited.copy(visited.getTraitSet(), inputs) : visited;
  }

  private static boolean keeps(RelNode node, int input) {
    if (node instanceof EnumerableHashJoin || node instanceof EnumerableNestedLoopJoin) {
      return input == 1;
    }
    boolean distinct = node instanceof SetOp set && !(set.all && set.kind == SqlKind.UNION);
    return node instanceof EnumerableSort || distinct;
  }

  /** The loop join tells rows without a match apart by their identity: each must be an object. */
  private RelNode counted(RelNode input, boolean arrays) {
    operations.add(new KeptRows());
    return new OwnOperator(
        input.getCluster(),
        input.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
        new OwnOperator.Operation(
            operations.size() - 1, operations.get(operations.size() - 1), arrays),
        input.getRowType(),
        List.of(input));
  }
}

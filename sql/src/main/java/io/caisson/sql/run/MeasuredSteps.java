package io.caisson.sql.run;

import io.caisson.sql.runtime.MeasuredRows;
import io.caisson.sql.runtime.RowOperation;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.rel.RelNode;

/**
 * Puts a measurement above each step of a tree that can run, numbered as {@link PlanSteps} does.
 * For one tree.
 */
final class MeasuredSteps {
  private final List<RowOperation> operations;
  private int next;

  /** Adds the operations to those of a query. */
  MeasuredSteps(List<RowOperation> operations) {
    this.operations = operations;
  }

  private static boolean isArrays(RelNode node) {
    return node instanceof OwnOperator own && own.operation().arrays();
  }

  RelNode of(RelNode node) {
    var measure = new MeasuredRows(next++);
    List<RelNode> inputs = node.getInputs().stream().map(this::of).toList();
    RelNode measured = inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs);
    operations.add(measure);
    return new OwnOperator(
        node.getCluster(),
        node.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
        new OwnOperator.Operation(operations.size() - 1, measure, isArrays(node)),
        node.getRowType(),
        List.of(measured));
  }
}

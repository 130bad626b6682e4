package io.caisson.sql.run;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows without a time away from windows: they are in none, in views as in queries. For one
 * tree.
 */
final class TimedRows extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    if (!(visited instanceof LogicalTableFunctionScan scan)
        || !(scan.getCall() instanceof RexCall call)
        || !(call.getOperator() instanceof SqlWindowTableFunction)
        || scan.getInputs().size() != 1) {
      return visited;
    }
    RexNode descriptor = first(call, SqlKind.DESCRIPTOR);
    RelNode input = scan.getInput(0);
    if (descriptor instanceof RexCall columns
        && columns.getOperands().get(0) instanceof RexInputRef time
        && time.getType().isNullable()) {
      RexBuilder rex = scan.getCluster().getRexBuilder();
      RexNode timed = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, time);
      return scan.copy(scan.getTraitSet(), List.of(LogicalFilter.create(input, timed)));
    }
    return visited;
  }

  private static @Nullable RexNode first(RexCall call, SqlKind kind) {
    for (RexNode operand : call.getOperands()) {
      if (operand.getKind() == kind) {
        return operand;
      }
    }
    return null;
  }
}

package io.caisson.sql.run;

import io.caisson.sql.match.RowMatch;
import io.caisson.sql.runtime.AggregateRows;
import io.caisson.sql.runtime.AsofRows;
import io.caisson.sql.runtime.Recursion;
import io.caisson.sql.runtime.RowOperation;
import io.caisson.sql.runtime.SessionRows;
import io.caisson.sql.runtime.WindowRows;
import io.caisson.sql.runtime.WindowSpec;
import io.caisson.sql.runtime.WindowedRows;
import io.caisson.sql.validate.AsofCall;
import io.caisson.sql.validate.WindowCall;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.TransientTable;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what Calcite's runtime computes otherwise than PostgreSQL, or without a bound to its
 * memory, by operators of our own: aggregates, windows, as-of joins, recursion. For one tree.
 */
final class OwnOperators extends RelHomogeneousShuttle {
  private final List<RowOperation> operations;

  /** Adds the operations to those of a query. */
  OwnOperators(List<RowOperation> operations) {
    this.operations = operations;
  }

  @Override
  public RelNode visit(LogicalAsofJoin join) {
    return visit((RelNode) join);
  }

  @Override
  public RelNode visit(RelNode node) {
    if (node instanceof RepeatUnion union) {
      return recursion(union);
    }
    if (node instanceof TableScan scan) {
      TransientTable table = scan.getTable().unwrap(TransientTable.class);
      return table == null
          ? scan
          : own(new Recursion.Found(table), scan.getRowType(), List.of(), scan);
    }
    RelNode visited = super.visit(node);
    if (visited instanceof Aggregate aggregate) {
      return own(aggregate(aggregate), aggregate.getRowType(), aggregate.getInputs(), aggregate);
    }
    if (visited instanceof TableFunctionScan scan) {
      return WindowCall.of(scan)
          .map(call -> own(windowed(call, scan), scan.getRowType(), scan.getInputs(), scan))
          .orElse(scan);
    }
    if (visited instanceof RowMatch match) {
      return match(match);
    }
    if (visited instanceof AsofJoin join) {
      return AsofCall.of(join)
          .map(call -> own(asof(call, join), join.getRowType(), join.getInputs(), join))
          .orElse(join);
    }
    return visited instanceof Window window
        ? own(window(window), window.getRowType(), window.getInputs(), window)
        : visited;
  }

  private RelNode own(
      RowOperation operation, RelDataType row, List<RelNode> inputs, RelNode replaced) {
    operations.add(operation);
    return new OwnOperator(
        replaced.getCluster(),
        replaced.getCluster().traitSetOf(Convention.NONE),
        new OwnOperator.Operation(operations.size() - 1, operation, false),
        row,
        inputs);
  }

  private RelNode match(RowMatch match) {
    var specs = new MatchSpecs(match);
    operations.add(specs.rows());
    return new OwnOperator(
        match.getCluster(),
        match.getCluster().traitSetOf(Convention.NONE),
        new OwnOperator.Operation(operations.size() - 1, specs.rows(), false),
        match.getRowType(),
        match.getInputs(),
        specs.conditions());
  }

  /** The spools below a recursion do what our operator does itself. */
  private RelNode recursion(RepeatUnion union) {
    List<RelNode> inputs =
        union.getInputs().stream().map(spool -> spool.getInput(0).accept(this)).toList();
    Object key =
        java.util.Objects.requireNonNull(union.getTransientTable()).unwrap(TransientTable.class);
    return own(
        new Recursion(java.util.Objects.requireNonNull(key), union.all),
        union.getRowType(),
        inputs,
        union);
  }

  private static RowOperation aggregate(Aggregate aggregate) {
    int[] groupFields = aggregate.getGroupSet().toArray();
    List<int[]> sets =
        aggregate.getGroupSets().stream()
            .map(
                set ->
                    set.asList().stream()
                        .mapToInt(f -> aggregate.getGroupSet().indexOf(f))
                        .toArray())
            .toList();
    var calls = new AggregateSpecs(aggregate.getInput().getRowType());
    var groupings = new ArrayList<int @Nullable []>();
    aggregate
        .getAggCallList()
        .forEach(
            call ->
                groupings.add(
                    AggregateSpecs.isGrouping(call)
                        ? call.getArgList().stream()
                            .mapToInt(f -> aggregate.getGroupSet().indexOf(f))
                            .toArray()
                        : null));
    return new AggregateRows(
        groupFields, sets, aggregate.getAggCallList().stream().map(calls::of).toList(), groupings);
  }

  private static RowOperation windowed(WindowCall call, TableFunctionScan scan) {
    int width = scan.getInput(0).getRowType().getFieldCount();
    return call.assigner()
        .<RowOperation>map(assigner -> new WindowedRows(width, call.timeColumn(), assigner))
        .orElseGet(
            () ->
                new SessionRows(
                    width,
                    call.timeColumn(),
                    call.partition().stream().mapToInt(Integer::intValue).toArray(),
                    call.gapMillis()));
  }

  private static RowOperation asof(AsofCall call, AsofJoin join) {
    return new AsofRows(
        join.getLeft().getRowType().getFieldCount(),
        join.getRight().getRowType().getFieldCount(),
        call.leftKeys().stream().mapToInt(Integer::intValue).toArray(),
        call.rightKeys().stream().mapToInt(Integer::intValue).toArray(),
        new AsofRows.Match(
            call.leftTime(), call.rightTime(), call.later(), call.strict(), call.keepsLeft()));
  }

  private static RowOperation window(Window window) {
    int width = window.getInput().getRowType().getFieldCount();
    var constants = new ArrayList<@Nullable Object>();
    window.getConstants().forEach(literal -> constants.add(WindowSpecs.value(literal)));
    List<WindowSpec> specs =
        window.groups.stream().map(group -> WindowSpecs.of(window, group)).toList();
    return new WindowRows(width, java.util.Collections.unmodifiableList(constants), specs);
  }
}

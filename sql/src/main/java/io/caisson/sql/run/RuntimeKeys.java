package io.caisson.sql.run;

import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Brings values by which rows are told apart into the one form that all equal values have: the
 * runtime takes 1.0 and 1.00 for two. A column that is also aggregated stays beside its key as it
 * is:
 *
 * <pre>
 *   Aggregate [x], SUM(x)          Aggregate [x], SUM(x0)
 *     input [x]              →       Project [key(x) AS x, x AS x0]
 *                                      input [x]
 * </pre>
 *
 * For one tree.
 */
final class RuntimeKeys extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    if (visited instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    boolean distinct = visited instanceof SetOp set && !(set.all && isUnion(set));
    return distinct ? setOperation((SetOp) visited) : visited;
  }

  private static boolean isUnion(SetOp set) {
    return set.kind == org.apache.calcite.sql.SqlKind.UNION;
  }

  private static RelNode setOperation(SetOp set) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : set.getInputs()) {
      inputs.add(
          withKeys(input, ImmutableBitSet.range(input.getRowType().getFieldCount()), Set.of()));
    }
    return inputs.equals(set.getInputs()) ? set : set.copy(set.getTraitSet(), inputs);
  }

  private static RelNode aggregate(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    var aggregated = new ArrayList<Integer>();
    aggregate.getAggCallList().forEach(call -> aggregated.addAll(call.getArgList()));
    RelNode keyed = withKeys(input, aggregate.getGroupSet(), Set.copyOf(aggregated));
    if (keyed == input) {
      return aggregate;
    }
    Map<Integer, Integer> moved = new HashMap<>();
    int next = input.getRowType().getFieldCount();
    for (int column : aggregate.getGroupSet()) {
      if (aggregated.contains(column) && isKeyed(input, column)) {
        moved.put(column, next++);
      }
    }
    int width = keyed.getRowType().getFieldCount();
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(
          call.transform(
              Mappings.target(column -> moved.getOrDefault(column, column), width, width)));
    }
    return aggregate.copy(
        aggregate.getTraitSet(), keyed, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  /** The input with keys in some columns, and those of them that are kept once more behind. */
  private static RelNode withKeys(RelNode input, ImmutableBitSet columns, Set<Integer> kept) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RexNode> outputs = new ArrayList<>(rex.identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    boolean changed = false;
    for (int column : columns) {
      if (isKeyed(input, column)) {
        RexNode value = outputs.get(column);
        outputs.set(column, RuntimeOperators.key(value, rex));
        changed = true;
        if (kept.contains(column)) {
          outputs.add(value);
          names.add(names.get(column) + "$value");
        }
      }
    }
    return changed ? LogicalProject.create(input, List.of(), outputs, names, Set.of()) : input;
  }

  private static boolean isKeyed(RelNode input, int column) {
    RelDataType type = input.getRowType().getFieldList().get(column).getType();
    return SqlTypes.fromCalcite(type).map(SqlType::hasManyForms).orElse(false);
  }
}

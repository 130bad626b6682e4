package io.caisson.sql.run;

import com.google.common.collect.ImmutableList;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes -0 to 0 and 1.00 to 1 where Calcite's runtime compares values by their form, which SQL does
 * not: in what is grouped by, in set operations and in the keys of joins. For one tree.
 */
final class EqualZeros extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    if (visited instanceof Aggregate aggregate) {
      return withGroups(aggregate);
    }
    if (visited instanceof SetOp operation && !(visited instanceof Union union && union.all)) {
      return operation.copy(
          operation.getTraitSet(), operation.getInputs().stream().map(this::withZeros).toList());
    }
    return visited instanceof Join join ? withKeys(join) : visited;
  }

  /** Groups by changed columns; the aggregates read copies of what the columns were. */
  private static RelNode withGroups(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>(references(input));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    Map<Integer, Integer> copies = new HashMap<>();
    for (int column : aggregate.getGroupSet()) {
      RexNode reference = columns.get(column);
      if (needsKey(reference.getType())) {
        copies.put(column, columns.size());
        columns.add(reference);
        names.add(names.get(column) + "$" + columns.size());
        columns.set(column, key(reference, rex));
      }
    }
    if (copies.isEmpty()) {
      return aggregate;
    }
    RelNode project =
        LogicalProject.create(input, ImmutableList.of(), columns, names, java.util.Set.of());
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream()
            .map(call -> isGrouping(call) ? call : reading(call, copies))
            .toList();
    return aggregate.copy(
        aggregate.getTraitSet(), project, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  private static boolean isGrouping(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.GROUPING;
  }

  private static AggregateCall reading(AggregateCall call, Map<Integer, Integer> copies) {
    return call.withArgList(
        call.getArgList().stream().map(column -> copies.getOrDefault(column, column)).toList());
  }

  private RelNode withZeros(RelNode input) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RexNode> columns = references(input);
    if (columns.stream().noneMatch(column -> needsKey(column.getType()))) {
      return input;
    }
    List<RexNode> changed =
        columns.stream()
            .map(column -> needsKey(column.getType()) ? key(column, rex) : column)
            .toList();
    return LogicalProject.create(
        input, ImmutableList.of(), changed, input.getRowType().getFieldNames(), java.util.Set.of());
  }

  private static RelNode withKeys(Join join) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    RexNode condition =
        join.getCondition()
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitCall(RexCall call) {
                    return isKey(call)
                        ? call.clone(
                            call.getType(),
                            call.getOperands().stream().map(o -> key(o, rex)).toList())
                        : super.visitCall(call);
                  }
                });
    return condition.equals(join.getCondition())
        ? join
        : join.copy(
            join.getTraitSet(),
            condition,
            join.getLeft(),
            join.getRight(),
            join.getJoinType(),
            join.isSemiJoinDone());
  }

  private static boolean isKey(RexCall call) {
    boolean comparison =
        call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    return comparison
        && call.getOperands().stream()
            .allMatch(o -> o instanceof RexInputRef && needsKey(o.getType()));
  }

  private static List<RexNode> references(RelNode input) {
    List<RelDataTypeField> fields = input.getRowType().getFieldList();
    var references = new ArrayList<RexNode>();
    for (int i = 0; i < fields.size(); i++) {
      references.add(RexInputRef.of(i, fields));
    }
    return references;
  }

  private static boolean needsKey(RelDataType type) {
    return SqlTypeUtil.isApproximateNumeric(type) || hasManyForms(type);
  }

  private static boolean hasManyForms(RelDataType type) {
    return SqlTypes.fromCalcite(type).map(SqlType::hasManyForms).orElse(false);
  }

  /** Not {@code value + 0}, which is simplified away. */
  private static RexNode key(RexNode value, RexBuilder rex) {
    RelDataType type = value.getType();
    if (hasManyForms(type)) {
      return RuntimeOperators.key(value, rex);
    }
    RexNode zero =
        rex.makeAbstractCast(
            type,
            rex.makeApproxLiteral(
                BigDecimal.ZERO, rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE)),
            false);
    RexNode isZero = rex.makeCall(SqlStdOperatorTable.EQUALS, value, zero);
    return rex.makeCall(type, SqlStdOperatorTable.CASE, List.of(isZero, zero, value));
  }
}

package io.caisson.sql.run;

import io.caisson.sql.validate.ObjectType;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the aggregates on which Calcite's runtime and PostgreSQL differ (integer sums that wrap
 * around, averages and sums that depend on the order of rows, the place of NaN, the order of text)
 * by those that views use. For one tree.
 */
final class AggregateCalls extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    if (visited instanceof Aggregate aggregate) {
      return withCalls(aggregate);
    }
    return visited instanceof LogicalWindow window ? withCalls(window) : visited;
  }

  private static RelNode withCalls(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream().map(call -> replaced(call, input)).toList();
    return calls.equals(aggregate.getAggCallList())
        ? aggregate
        : aggregate.copy(
            aggregate.getTraitSet(),
            input,
            aggregate.getGroupSet(),
            aggregate.getGroupSets(),
            calls);
  }

  private static AggregateCall replaced(AggregateCall call, RelNode input) {
    if (call.getArgList().size() != 1) {
      return call;
    }
    RelDataType argument =
        input.getRowType().getFieldList().get(call.getArgList().get(0)).getType();
    SqlAggFunction function = replacement(call.getAggregation(), argument, call.type);
    return function == null
        ? call
        : AggregateCall.create(
            call.getParserPosition(),
            function,
            call.isDistinct(),
            call.isApproximate(),
            call.ignoreNulls(),
            call.rexList,
            call.getArgList(),
            call.filterArg,
            call.distinctKeys,
            call.collation,
            call.type,
            call.name);
  }

  private static RelNode withCalls(LogicalWindow window) {
    List<Window.Group> groups = window.groups.stream().map(AggregateCalls::withCalls).toList();
    return LogicalWindow.create(
        window.getTraitSet(),
        window.getHints(),
        window.getInput(),
        window.constants,
        window.getRowType(),
        groups);
  }

  private static Window.Group withCalls(Window.Group group) {
    List<Window.RexWinAggCall> calls =
        group.aggCalls.stream().map(AggregateCalls::replaced).toList();
    return new Window.Group(
        group.keys,
        group.isRows,
        group.lowerBound,
        group.upperBound,
        group.exclude,
        group.orderKeys,
        calls);
  }

  private static Window.RexWinAggCall replaced(Window.RexWinAggCall call) {
    List<RexNode> operands = call.getOperands();
    SqlAggFunction function =
        operands.size() == 1
            ? replacement(
                (SqlAggFunction) call.getOperator(), operands.get(0).getType(), call.getType())
            : null;
    return function == null
        ? call
        : new Window.RexWinAggCall(
            call.getParserPosition(),
            function,
            call.getType(),
            operands,
            call.ordinal,
            call.distinct,
            call.ignoreNulls);
  }

  private static @Nullable SqlAggFunction replacement(
      SqlAggFunction sql, RelDataType argument, RelDataType result) {
    Class<?> implementation = implementation(sql.getKind(), argument);
    if (implementation == null || sql instanceof SqlUserDefinedAggFunction) {
      return null;
    }
    return new SqlUserDefinedAggFunction(
        new SqlIdentifier(sql.getName(), SqlParserPos.ZERO),
        sql.getKind(),
        ReturnTypes.explicit(result),
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            List.of(), types -> List.of(), index -> "argument" + index, index -> false),
        AggregateFunctionImpl.create(implementation),
        false,
        false,
        Optionality.FORBIDDEN);
  }

  private static @Nullable Class<?> ofObjects(SqlKind kind, boolean text) {
    return switch (kind) {
      case MIN -> text ? RuntimeAggregates.LeastText.class : RuntimeAggregates.LeastInterval.class;
      case MAX ->
          text ? RuntimeAggregates.GreatestText.class : RuntimeAggregates.GreatestInterval.class;
      default -> null;
    };
  }

  private static @Nullable Class<?> ofNumerics(SqlKind kind) {
    return switch (kind) {
      case SUM, SUM0 -> RuntimeAggregates.SumOfNumeric.class;
      case AVG -> RuntimeAggregates.AverageOfNumeric.class;
      case MIN -> RuntimeAggregates.LeastNumeric.class;
      case MAX -> RuntimeAggregates.GreatestNumeric.class;
      default -> null;
    };
  }

  private static @Nullable Class<?> implementation(SqlKind kind, RelDataType argument) {
    boolean integer = SqlTypeUtil.isIntType(argument);
    boolean approximate = SqlTypeUtil.isApproximateNumeric(argument);
    boolean text = SqlTypeUtil.isCharacter(argument);
    if (argument instanceof ObjectType ours) {
      return ofObjects(kind, ours.kind().physicalObject() == String.class);
    }
    if (SqlTypeUtil.isDecimal(argument)) {
      return ofNumerics(kind);
    }
    return switch (kind) {
      case SUM, SUM0 ->
          integer
              ? RuntimeAggregates.SumOfBigint.class
              : approximate ? RuntimeAggregates.SumOfDouble.class : null;
      case AVG ->
          integer
              ? RuntimeAggregates.AverageOfBigint.class
              : approximate ? RuntimeAggregates.AverageOfDouble.class : null;
      case MIN ->
          approximate
              ? RuntimeAggregates.LeastDouble.class
              : text ? RuntimeAggregates.LeastText.class : null;
      case MAX ->
          approximate
              ? RuntimeAggregates.GreatestDouble.class
              : text ? RuntimeAggregates.GreatestText.class : null;
      default -> null;
    };
  }
}

package io.caisson.sql.convert;

import io.caisson.plan.AggregateCall;
import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.SetKind;
import io.caisson.plan.SetOperation;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Makes aggregates. Several grouping sets become the union of one aggregate each, and the calls
 * that Calcite makes up (sums that are 0 of nothing, constants, GROUPING) become expressions over
 * the aggregate. For one aggregate.
 */
final class AggregateConverter {
  private final Aggregate aggregate;
  private final Plan source;
  private final List<AggregateCall> calls = new ArrayList<>();

  /** For each of Calcite's calls the position of ours, or -1 where it is no aggregate. */
  private final List<Integer> positions = new ArrayList<>();

  AggregateConverter(Aggregate aggregate, Plan source) {
    this.aggregate = aggregate;
    this.source = source;
    List<String> names = aggregate.getRowType().getFieldNames();
    int groups = aggregate.getGroupCount();
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      org.apache.calcite.rel.core.AggregateCall call = aggregate.getAggCallList().get(i);
      boolean madeUp = kind(call) == SqlKind.LITERAL_AGG || kind(call) == SqlKind.GROUPING;
      positions.add(madeUp ? -1 : calls.size());
      if (!madeUp) {
        calls.add(
            AggregateCalls.of(
                call, aggregate.getInput().getRowType(), source, names.get(groups + i)));
      }
    }
  }

  private static SqlKind kind(org.apache.calcite.rel.core.AggregateCall call) {
    return call.getAggregation().getKind();
  }

  Plan plan() {
    Plan result = null;
    for (ImmutableBitSet groups : aggregate.getGroupSets()) {
      Plan next = ofGroups(groups);
      result = result == null ? next : new SetOperation(result, next, SetKind.UNION_ALL);
    }
    if (result == null) {
      throw new IllegalStateException("an aggregate without a grouping set");
    }
    return result;
  }

  private Plan ofGroups(ImmutableBitSet groups) {
    var plan = new io.caisson.plan.Aggregate(source, groups.asList(), calls);
    List<Expression> columns = PlanConverter.columns(plan);
    var outputs = new ArrayList<Expression>();
    for (int column : aggregate.getGroupSet()) {
      outputs.add(groupColumn(column, groups, columns));
    }
    for (int i = 0; i < positions.size(); i++) {
      outputs.add(output(i, groups, columns));
    }
    return outputs.equals(columns)
        ? plan
        : new Project(plan, outputs, aggregate.getRowType().getFieldNames());
  }

  private Expression groupColumn(int column, ImmutableBitSet groups, List<Expression> columns) {
    SqlType type = source.fields().get(column).type();
    if (!groups.get(column)) {
      return new Expression.Literal(null, type.withNullable(true));
    }
    return columns.get(groups.indexOf(column));
  }

  private Expression output(int index, ImmutableBitSet groups, List<Expression> columns) {
    org.apache.calcite.rel.core.AggregateCall call = aggregate.getAggCallList().get(index);
    if (kind(call) == SqlKind.LITERAL_AGG) {
      return Literals.convert((RexLiteral) call.rexList.get(0));
    }
    if (kind(call) == SqlKind.GROUPING) {
      long bits = 0;
      for (int argument : call.getArgList()) {
        bits = bits << 1 | (groups.get(argument) ? 0 : 1);
      }
      return new Expression.Literal(bits, SqlType.of(TypeKind.BIGINT).withNullable(false));
    }
    Expression value = columns.get(groups.cardinality() + positions.get(index));
    return kind(call) == SqlKind.SUM0 ? zeroForNull(value) : value;
  }

  private static Expression zeroForNull(Expression sum) {
    SqlType type = sum.type().withNullable(false);
    Object zero = type.physical() == TypeKind.Physical.DOUBLE ? (Object) 0.0 : (Object) 0L;
    var isNull =
        new Expression.OperatorCall(
            Operator.IS_NULL, List.of(sum), SqlType.of(TypeKind.BOOLEAN).withNullable(false));
    return new Expression.OperatorCall(
        Operator.CASE, List.of(isNull, new Expression.Literal(zero, type), sum), type);
  }
}

package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.AggregateSpec;
import io.caisson.dataflow.operator.CircuitBuilder;
import io.caisson.dataflow.operator.KeyColumns;
import io.caisson.dataflow.operator.KeyEquality;
import io.caisson.dataflow.operator.MultisetOperator;
import io.caisson.dataflow.operator.OuterJoin;
import io.caisson.dataflow.operator.Relation;
import io.caisson.dataflow.window.TumblingWindows;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.Field;
import io.caisson.plan.JoinKind;
import io.caisson.plan.Plan;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the plan of a standing query into the relations of a circuit. What the query says several
 * times, a stream, a table or a whole sub-query, is kept once. For one plan.
 */
final class PlanCompiler {
  private final CircuitBuilder circuit = new CircuitBuilder();
  private final List<CatalogObject> inputs = new ArrayList<>();
  private final Map<Plan, Relation> relations = new HashMap<>();

  /** Compiles a plan. */
  static CompiledPlan compile(Plan plan) {
    var compiler = new PlanCompiler();
    CircuitBuilder circuit = compiler.circuit.result(compiler.relation(plan));
    return new CompiledPlan(compiler.inputs, circuit, CompiledPlan.fingerprint(plan));
  }

  private Relation relation(Plan plan) {
    Relation known = relations.get(plan);
    if (known == null) {
      known = made(plan);
      relations.put(plan, known);
    }
    return known;
  }

  private Relation made(Plan plan) {
    if (plan instanceof Plan.StreamScan scan) {
      inputs.add(scan.stream());
      return circuit.input(types(scan), true);
    }
    if (plan instanceof Plan.TableScan scan) {
      inputs.add(scan.relation());
      return circuit.input(types(scan), false);
    }
    if (plan instanceof Plan.Filter filter) {
      return relation(filter.source())
          .filter(ExpressionCompiler.filter(filter.condition(), types(filter.source())));
    }
    if (plan instanceof Plan.Project project) {
      var compiled = ExpressionCompiler.project(project.expressions(), types(project.source()));
      return relation(project.source()).project(compiled, types(project));
    }
    if (plan instanceof Plan.TumbleWindow window) {
      return relation(window.source())
          .tumble(
              window.timeColumn(), new TumblingWindows(window.sizeMicros(), window.offsetMicros()));
    }
    if (plan instanceof Plan.Join join) {
      return join(join);
    }
    if (plan instanceof Plan.SetOperation operation) {
      return combined(operation);
    }
    var aggregate = (Plan.Aggregate) plan;
    return relation(aggregate.source())
        .aggregate(
            aggregate.groupColumns(), aggregate.calls().stream().map(PlanCompiler::spec).toList());
  }

  private Relation join(Plan.Join join) {
    Relation left = relation(join.left());
    Relation right = relation(join.right());
    var both = new ArrayList<>(types(join.left()));
    both.addAll(types(join.right()));
    @Nullable RowFilter condition =
        join.condition()
            .map(expression -> ExpressionCompiler.filter(expression, both))
            .orElse(null);
    var keys =
        new KeyColumns(
            join.keys().left(),
            join.keys().right(),
            join.keys().nullsMatch() ? KeyEquality.NOT_DISTINCT : KeyEquality.EQUAL);
    var made = new OuterJoin(left, right, keys, condition);
    return join.kind().putsOutPairs()
        ? made.join(join.kind().keepsLeft(), join.kind().keepsRight())
        : made.semiJoin(join.kind() == JoinKind.SEMI);
  }

  private Relation combined(Plan.SetOperation operation) {
    Relation left = relation(operation.left());
    Relation right = relation(operation.right());
    return switch (operation.kind()) {
      case UNION_ALL -> left.union(right);
      case INTERSECT_ALL -> left.multiset(MultisetOperator.Kind.INTERSECT_ALL, right);
      case EXCEPT_ALL -> left.multiset(MultisetOperator.Kind.EXCEPT_ALL, right);
    };
  }

  private static AggregateSpec spec(AggregateCall call) {
    return new AggregateSpec(
        AggregateSpec.Function.valueOf(call.function().name()), call.argument(), call.filter());
  }

  private static List<SqlType> types(Plan plan) {
    return plan.fields().stream().map(Field::type).toList();
  }
}

package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.AggregateSpec;
import io.caisson.dataflow.operator.CircuitBuilder;
import io.caisson.dataflow.operator.Expiry;
import io.caisson.dataflow.operator.KeyColumns;
import io.caisson.dataflow.operator.KeyEquality;
import io.caisson.dataflow.operator.LatePlace;
import io.caisson.dataflow.operator.MultisetOperator;
import io.caisson.dataflow.operator.OuterJoin;
import io.caisson.dataflow.operator.Relation;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.EventTime;
import io.caisson.plan.Field;
import io.caisson.plan.JoinKind;
import io.caisson.plan.LateRows;
import io.caisson.plan.Plan;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the plan of a standing query into the relations of a circuit. What the query says several
 * times, a stream, a table or a whole sub-query, is kept once. For one plan.
 */
final class PlanCompiler {
  private final CircuitBuilder circuit = new CircuitBuilder();
  private final List<CatalogObject> inputs = new ArrayList<>();
  private final Map<Plan, Relation> relations = new HashMap<>();
  private final Map<Plan.StreamScan, Integer> positions = new HashMap<>();
  private final LateRows late;

  private PlanCompiler(LateRows late) {
    this.late = late;
    if (!late.fields().isEmpty()) {
      circuit.lateRows(late.fields().stream().map(Field::type).toList());
    }
  }

  /** Compiles a plan. */
  static CompiledPlan compile(Plan plan) {
    var compiler = new PlanCompiler(LateRows.of(plan));
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
      positions.put(scan, inputs.size());
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
    if (plan instanceof Plan.Windows windows) {
      return relation(windows.source())
          .window(
              windows.timeColumn(),
              windows.assigner(),
              LateRows.checksWatermark(windows),
              latePlace(windows));
    }
    if (plan instanceof Plan.Sessions sessions) {
      return sessions(sessions);
    }
    if (plan instanceof Plan.EmitOnClose emit) {
      return relation(emit.source())
          .emitOnClose(
              expiry(emit.timeColumn(), EventTime.of(emit.source()).get(emit.timeColumn())));
    }
    if (plan instanceof Plan.Over over) {
      return over(over);
    }
    if (plan instanceof Plan.Match match) {
      return match(match);
    }
    if (plan instanceof Plan.Join join) {
      return join(join);
    }
    if (plan instanceof Plan.SetOperation operation) {
      return combined(operation);
    }
    return aggregate((Plan.Aggregate) plan);
  }

  private Relation aggregate(Plan.Aggregate aggregate) {
    Map<Integer, EventTime> times = EventTime.of(aggregate.source());
    @Nullable Expiry expiry =
        EventTime.firstSettled(times, aggregate.groupColumns())
            .map(column -> expiry(column, times.get(column)))
            .orElse(null);
    return relation(aggregate.source())
        .aggregate(
            aggregate.groupColumns(),
            aggregate.calls().stream().map(PlanCompiler::spec).toList(),
            expiry);
  }

  private Relation over(Plan.Over over) {
    Map<Integer, EventTime> times = EventTime.of(over.source());
    @Nullable Expiry expiry =
        EventTime.firstSettled(times, over.partition())
            .map(column -> expiry(column, times.get(column)))
            .orElse(null);
    return relation(over.source()).over(OverSpecs.of(over), types(over), expiry);
  }

  /** A partition stands by one of its columns, or its rows by the time that they are sorted by. */
  private Relation match(Plan.Match match) {
    Map<Integer, EventTime> times = EventTime.of(match.source());
    int sorted = match.order().isEmpty() ? -1 : match.order().get(0).column();
    boolean ascending = sorted >= 0 && !match.order().get(0).descending();
    EventTime time = times.get(sorted);
    Optional<Integer> partition = EventTime.firstSettled(times, match.partition());
    @Nullable Expiry expiry = null;
    if (partition.isPresent()) {
      expiry = expiry(partition.get(), times.get(partition.get()));
    } else if (ascending && time != null && time.settles() && !match.pattern().anchored()) {
      expiry = expiry(sorted, time);
    }
    return relation(match.source()).match(MatchSpecs.of(match), types(match), expiry);
  }

  /** No row can come to a session once the watermarks have passed its end by the gap. */
  private Relation sessions(Plan.Sessions sessions) {
    Relation source = relation(sessions.source());
    EventTime time = EventTime.of(sessions).get(sessions.source().fields().size() + 1);
    var bounds = new ArrayList<Expiry.Bound>();
    if (time != null) {
      for (EventTime.Bound bound : time.bounds()) {
        bounds.add(new Expiry.Bound(input(bound.stream()), sessions.gapMicros()));
      }
    }
    return source.session(
        sessions.timeColumn(),
        sessions.partition(),
        sessions.gapMicros(),
        latePlace(sessions),
        bounds.isEmpty() ? null : new Expiry(sessions.timeColumn(), bounds));
  }

  private @Nullable LatePlace latePlace(Plan.Windowed window) {
    LateRows.Place place = late.windows().get(window);
    return place == null ? null : new LatePlace(place.columns(), place.name());
  }

  private Expiry expiry(int column, @Nullable EventTime time) {
    var bounds = new ArrayList<Expiry.Bound>();
    for (EventTime.Bound bound : Objects.requireNonNull(time).bounds()) {
      bounds.add(new Expiry.Bound(input(bound.stream()), bound.delayMicros()));
    }
    return new Expiry(column, bounds);
  }

  private int input(Plan.StreamScan scan) {
    relation(scan);
    return Objects.requireNonNull(positions.get(scan));
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
    var leftKeys = new ArrayList<>(join.keys().left());
    var rightKeys = new ArrayList<>(join.keys().right());
    Map<Integer, EventTime> times = EventTime.of(join);
    @Nullable Expiry expiry = null;
    Optional<Integer> settled = EventTime.firstSettled(times, leftKeys);
    if (settled.isPresent()) {
      // What stands is found by its time, so that the time comes first in the state.
      int first = leftKeys.indexOf(settled.get());
      Collections.swap(leftKeys, 0, first);
      Collections.swap(rightKeys, 0, first);
      expiry = expiry(settled.get(), times.get(settled.get()));
    }
    var keys =
        new KeyColumns(
            leftKeys,
            rightKeys,
            join.keys().nullsMatch() ? KeyEquality.NOT_DISTINCT : KeyEquality.EQUAL);
    var made = new OuterJoin(left, right, keys, condition, expiry);
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

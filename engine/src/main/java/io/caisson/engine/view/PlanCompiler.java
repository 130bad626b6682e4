package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.AsofMatch;
import io.caisson.dataflow.operator.CircuitBuilder;
import io.caisson.dataflow.operator.ErrorForm;
import io.caisson.dataflow.operator.Expiry;
import io.caisson.dataflow.operator.KeyColumns;
import io.caisson.dataflow.operator.KeyEquality;
import io.caisson.dataflow.operator.LatePlace;
import io.caisson.dataflow.operator.MatchSpec;
import io.caisson.dataflow.operator.MultisetOperator;
import io.caisson.dataflow.operator.OuterJoin;
import io.caisson.dataflow.operator.Relation;
import io.caisson.dataflow.operator.TimeDistance;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.Aggregate;
import io.caisson.plan.AsOfNow;
import io.caisson.plan.AsofJoin;
import io.caisson.plan.EmitOnClose;
import io.caisson.plan.EventTime;
import io.caisson.plan.Field;
import io.caisson.plan.Filter;
import io.caisson.plan.InTime;
import io.caisson.plan.IntervalJoin;
import io.caisson.plan.Join;
import io.caisson.plan.JoinKind;
import io.caisson.plan.LateRows;
import io.caisson.plan.Match;
import io.caisson.plan.Over;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.Punctual;
import io.caisson.plan.Sessions;
import io.caisson.plan.SetKind;
import io.caisson.plan.SetOperation;
import io.caisson.plan.SkipErrors;
import io.caisson.plan.StreamScan;
import io.caisson.plan.TableScan;
import io.caisson.plan.Unnest;
import io.caisson.plan.Windows;
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
  private final Map<Part, Relation> relations = new HashMap<>();
  private final Map<StreamScan, Integer> positions = new HashMap<>();
  private final List<Plan> origins = new ArrayList<>();
  private final LateRows late;

  private Errors errors = Errors.FAIL;

  /** What becomes of rows that an expression fails on. */
  private enum Errors {
    /** They end the view. */
    FAIL,
    /** They are put aside. */
    KEEP,
    /** They are left out: another view, whose query this is, puts them aside. */
    DROP
  }

  /** A part of the plan; what it is depends on what becomes of errors. */
  private record Part(Plan plan, Errors errors) {}

  private PlanCompiler(LateRows late) {
    this.late = late;
    if (!late.fields().isEmpty()) {
      circuit.lateRows(late.fields().stream().map(Field::type).toList());
    }
  }

  /** Compiles a plan. */
  static CompiledPlan compile(Plan plan) {
    var compiler = new PlanCompiler(LateRows.of(plan));
    Plan query = plan;
    if (plan instanceof SkipErrors skip) {
      query = skip.source();
      compiler.errors = Errors.KEEP;
      compiler.circuit.errorRows(ErrorRows.TYPES);
    }
    CircuitBuilder circuit = compiler.circuit.result(compiler.relation(query));
    return new CompiledPlan(
        compiler.inputs, circuit, compiler.origins, CompiledPlan.fingerprint(plan));
  }

  private Relation relation(Plan plan) {
    boolean input = plan instanceof StreamScan || plan instanceof TableScan;
    var part = new Part(plan, input ? Errors.FAIL : errors);
    Relation known = relations.get(part);
    if (known == null) {
      known = made(plan);
      relations.put(part, known);
      while (origins.size() < circuit.size()) {
        origins.add(plan); // what is below was made, and noted, before
      }
    }
    return known;
  }

  /** The query of another view, which leaves out what that one puts aside. */
  private Relation skipping(SkipErrors skip) {
    Errors outside = errors;
    errors = Errors.DROP;
    Relation rows = relation(skip.source());
    errors = outside;
    return rows;
  }

  private Relation filtered(Relation source, RowFilter filter, List<Field> fields) {
    var form = new ErrorRows(fields);
    return errors == Errors.FAIL
        ? source.filter(form.described(filter))
        : source.filter(filter, kept(form));
  }

  private Relation projected(Project project) {
    Plan source = project.source();
    Projection compiled = ExpressionCompiler.project(project.expressions(), types(source));
    var form = new ErrorRows(source.fields());
    return errors == Errors.FAIL
        ? relation(source).project(form.described(compiled), types(project))
        : relation(source).project(compiled, types(project), kept(form));
  }

  private Relation made(Plan plan) {
    if (plan instanceof StreamScan scan) {
      positions.put(scan, inputs.size());
      inputs.add(scan.stream());
      return circuit.input(types(scan), true);
    }
    if (plan instanceof TableScan scan) {
      inputs.add(scan.relation());
      return circuit.input(types(scan), false);
    }
    if (plan instanceof Filter filter) {
      RowFilter compiled = ExpressionCompiler.filter(filter.condition(), types(filter.source()));
      return filtered(relation(filter.source()), compiled, filter.source().fields());
    }
    if (plan instanceof Project project) {
      return projected(project);
    }
    if (plan instanceof SkipErrors skip) {
      return skipping(skip);
    }
    if (plan instanceof Windows windows) {
      return relation(windows.source())
          .window(
              windows.timeColumn(),
              windows.assigner(),
              LateRows.checksWatermark(windows),
              latePlace(windows));
    }
    if (plan instanceof Sessions sessions) {
      return sessions(sessions);
    }
    if (plan instanceof EmitOnClose emit) {
      return emitOnClose(emit);
    }
    if (plan instanceof Over over) {
      return over(over);
    }
    if (plan instanceof Match match) {
      return match(match);
    }
    if (plan instanceof Unnest unnest) {
      return relation(unnest.source())
          .unnest(types(unnest), unnest.numbered(), unnest.keepsEmpty());
    }
    if (plan instanceof Join join) {
      return join(join);
    }
    if (plan instanceof AsOfNow
        || plan instanceof InTime
        || plan instanceof IntervalJoin
        || plan instanceof AsofJoin) {
      return timed(plan);
    }
    if (plan instanceof SetOperation operation) {
      return combined(operation);
    }
    return aggregate((Aggregate) plan);
  }

  private Relation emitOnClose(EmitOnClose emit) {
    Relation source = relation(emit.source());
    var bounds = new ArrayList<Expiry.Bound>();
    for (EventTime.Bound bound : emit.time().bounds()) {
      var own = new Expiry.Bound(input(bound.stream()), bound.delayMicros());
      long lag = bound.delayMicros() + EmitOnClose.CLOCK_DELAY_MICROS;
      bounds.add(bound.stream().stream().byClock() ? own.orBy(input(AsOfNow.CLOCK), lag) : own);
    }
    return source.emitOnClose(new Expiry(emit.timeColumn(), bounds));
  }

  private Relation timed(Plan plan) {
    if (plan instanceof AsOfNow now) {
      return relation(now.source())
          .asOfNow(input(AsOfNow.CLOCK), now.timeColumn(), now.afterMicros(), now.leaves());
    }
    if (plan instanceof InTime gate) {
      return relation(gate.source())
          .inTime(
              gate.timeColumn(),
              gate.meets().fromMicros(),
              gate.meets().toMicros(),
              latePlace(gate));
    }
    return plan instanceof IntervalJoin join ? intervalJoin(join) : asofJoin((AsofJoin) plan);
  }

  private Relation aggregate(Aggregate aggregate) {
    Map<Integer, EventTime> times = EventTime.of(aggregate.source());
    @Nullable Expiry expiry =
        EventTime.firstSettled(times, aggregate.groupColumns())
            .map(column -> expiry(column, times.get(column)))
            .orElse(null);
    return relation(aggregate.source())
        .aggregate(
            aggregate.groupColumns(),
            aggregate.calls().stream().map(AggregateSpecs::of).toList(),
            expiry,
            errors == Errors.FAIL ? null : kept(new ErrorRows(aggregate.source().fields())));
  }

  private Relation over(Over over) {
    Map<Integer, EventTime> times = EventTime.of(over.source());
    @Nullable Expiry expiry =
        EventTime.firstSettled(times, over.partition())
            .map(column -> expiry(column, times.get(column)))
            .orElse(null);
    return relation(over.source()).over(OverSpecs.of(over), types(over), expiry);
  }

  /** A partition stands by one of its columns, or its rows by the time that they are sorted by. */
  private Relation match(Match match) {
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
    MatchSpec spec = MatchSpecs.of(match);
    return relation(match.source())
        .match(partition.map(spec::withFirst).orElse(spec), types(match), expiry);
  }

  /** No row can come to a session once the watermarks have passed its end by the gap. */
  private Relation sessions(Sessions sessions) {
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

  private @Nullable LatePlace latePlace(Punctual window) {
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

  private int input(StreamScan scan) {
    relation(scan);
    return Objects.requireNonNull(positions.get(scan));
  }

  private Relation join(Join join) {
    Relation left = relation(join.left());
    Relation right = relation(join.right());
    @Nullable RowFilter condition = condition(join);
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
    return made(join, new OuterJoin(left, right, keys, condition, expiry));
  }

  private @Nullable RowFilter condition(Join join) {
    var form = new ErrorRows(pairFields(join));
    return join.condition()
        .map(expression -> ExpressionCompiler.filter(expression, pairTypes(join)))
        .map(filter -> errors == Errors.FAIL ? form.described(filter) : filter)
        .orElse(null);
  }

  private Relation made(Join join, OuterJoin pairs) {
    OuterJoin made =
        errors == Errors.FAIL ? pairs : pairs.skippingErrors(kept(new ErrorRows(pairFields(join))));
    JoinKind kind = join.kind();
    return kind.putsOutPairs()
        ? made.join(kind.keepsLeft(), kind.keepsRight())
        : made.semiJoin(kind == JoinKind.SEMI);
  }

  private Relation intervalJoin(IntervalJoin near) {
    Join join = near.join();
    Relation left = relation(join.left());
    Relation right = relation(join.right());
    var distance =
        new TimeDistance(
            near.distance().fromMicros(),
            near.distance().toMicros(),
            expiry(near.leftTime(), EventTime.leftOf(near)),
            expiry(near.rightTime(), EventTime.rightOf(near)));
    var keys = new KeyColumns(join.keys().left(), join.keys().right(), KeyEquality.EQUAL);
    RowFilter condition = Objects.requireNonNull(condition(join));
    return made(join, OuterJoin.near(left, right, keys, condition, distance));
  }

  private Relation asofJoin(AsofJoin join) {
    Relation left = relation(join.left());
    Relation right = relation(join.right());
    @Nullable Expiry stands =
        EventTime.asofOf(join).map(time -> expiry(join.match().leftTime(), time)).orElse(null);
    var match =
        new AsofMatch(
            join.match().leftTime(),
            join.match().rightTime(),
            join.match().later(),
            join.match().strict(),
            stands);
    var keys = new KeyColumns(join.keys().left(), join.keys().right(), KeyEquality.EQUAL);
    return left.joinAsof(right, keys, match, join.keepsLeft());
  }

  private static List<SqlType> pairTypes(Join join) {
    return pairFields(join).stream().map(Field::type).toList();
  }

  private static List<Field> pairFields(Join join) {
    var fields = new ArrayList<>(join.left().fields());
    fields.addAll(join.right().fields());
    return fields;
  }

  private ErrorForm kept(ErrorRows form) {
    return errors == Errors.KEEP ? form : ErrorForm.NOTHING;
  }

  private Relation combined(SetOperation operation) {
    Relation left = relation(operation.left());
    Relation right = relation(operation.right());
    if (operation.kind() == SetKind.UNION_ALL) {
      return left.union(right);
    }
    Map<Integer, EventTime> times = EventTime.of(operation);
    @Nullable Expiry expiry =
        EventTime.firstSettled(times, List.copyOf(times.keySet()))
            .map(column -> expiry(column, times.get(column)))
            .orElse(null);
    return left.multiset(
        operation.kind() == SetKind.INTERSECT_ALL
            ? MultisetOperator.Kind.INTERSECT_ALL
            : MultisetOperator.Kind.EXCEPT_ALL,
        right,
        expiry);
  }

  private static List<SqlType> types(Plan plan) {
    return plan.fields().stream().map(Field::type).toList();
  }
}

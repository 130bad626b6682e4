package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.function.window.WindowAssigner;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What comes out of a part of a circuit while a {@link CircuitBuilder} builds it: an input, or the
 * output of an operator over other relations. It knows the types of its columns and whether rows
 * are only ever added; it may be read by any number of operators. Immutable; for one thread.
 */
public final class Relation {
  private final CircuitBuilder circuit;
  private final int number;
  private final List<SqlType> types;
  private final boolean appendOnly;

  Relation(CircuitBuilder circuit, int number, List<SqlType> types, boolean appendOnly) {
    this.circuit = circuit;
    this.number = number;
    this.types = List.copyOf(types);
    this.appendOnly = appendOnly;
  }

  /** The types of its columns. */
  public List<SqlType> types() {
    return types;
  }

  /** Whether rows are only ever added to it. */
  public boolean appendOnly() {
    return appendOnly;
  }

  /** Its place among the relations of its circuit, in the order in which they were made. */
  int number() {
    return number;
  }

  CircuitBuilder circuit() {
    return circuit;
  }

  /** The rows for which a condition is true. */
  public Relation filter(RowFilter filter) {
    return circuit.unary(
        this, types, appendOnly, (name, opener, exits) -> new FilterOperator(filter));
  }

  /** Expressions over each row, of the given types. */
  public Relation project(Projection projection, List<SqlType> newTypes) {
    return circuit.unary(
        this, newTypes, appendOnly, (name, opener, exits) -> new ProjectOperator(projection));
  }

  /**
   * The rows for which a condition is true; those that it fails on are put aside.
   *
   * @param form what is kept of them, where the circuit keeps any
   */
  public Relation filter(RowFilter filter, ErrorForm form) {
    return circuit.unary(
        this,
        types,
        appendOnly,
        (name, opener, exits) -> new FilterOperator(filter, new ErrorOutput(form, exits.errors())));
  }

  /**
   * Expressions over each row, of the given types; rows that they fail on are put aside.
   *
   * @param form what is kept of them, where the circuit keeps any
   */
  public Relation project(Projection projection, List<SqlType> newTypes, ErrorForm form) {
    return circuit.unary(
        this,
        newTypes,
        appendOnly,
        (name, opener, exits) ->
            new ProjectOperator(projection, new ErrorOutput(form, exits.errors())));
  }

  /** Some of its columns, in a new order. */
  private Relation columns(List<Integer> columns) {
    return project(
        rows -> new Columns(columns.stream().map(rows::column).toList(), rows.size()),
        columns.stream().map(types::get).toList());
  }

  /**
   * Its rows with each element of the array in their last column in its place.
   *
   * @param newTypes the types of the result's columns
   * @param numbered whether the elements' numbers follow
   * @param keepsEmpty whether rows without an element come out with NULLs
   */
  public Relation unnest(List<SqlType> newTypes, boolean numbered, boolean keepsEmpty) {
    return circuit.unary(
        this,
        newTypes,
        appendOnly,
        (name, opener, late) ->
            new UnnestOperator(newTypes.get(types.size() - 1).physical(), numbered, keepsEmpty));
  }

  /**
   * Its rows with each window that their time falls into.
   *
   * @param timeColumn position of the column of microseconds
   * @param assigner the windows, in microseconds
   * @param checksWatermark whether rows can be too late
   * @param late where rows that are too late or have no time go; null where there are none
   */
  public Relation window(
      int timeColumn, WindowAssigner assigner, boolean checksWatermark, @Nullable LatePlace late) {
    return circuit.unary(
        this,
        SessionOperator.outputTypes(types),
        appendOnly,
        (name, opener, exits) ->
            new WindowOperator(timeColumn, assigner, checksWatermark, late(late, exits)));
  }

  /**
   * Its rows whose time the watermark had not passed before them.
   *
   * @param timeColumn position of the column of microseconds
   * @param from how far behind its time the first time is that a row meets
   * @param to how far the last one is
   * @param late where the others go; null where there are none
   */
  public Relation inTime(int timeColumn, long from, long to, @Nullable LatePlace late) {
    return circuit.unary(
        this,
        types,
        appendOnly,
        (name, opener, lateRows) -> new InTimeOperator(timeColumn, from, to, late(late, lateRows)));
  }

  /**
   * Its rows, which only grow, with the session of each.
   *
   * @param timeColumn position of the column of microseconds
   * @param partition positions of the columns that tell whose session it is
   * @param gapMicros how long a session goes on after its last row
   * @param late where rows that are too late or have no time go; null where there are none
   * @param expiry when no row can come to a session any more, by its end; null for never
   */
  public Relation session(
      int timeColumn,
      List<Integer> partition,
      long gapMicros,
      @Nullable LatePlace late,
      @Nullable Expiry expiry) {
    if (!appendOnly) {
      throw new IllegalArgumentException("sessions of rows that are taken back");
    }
    return circuit.unary(
        this,
        SessionOperator.outputTypes(types),
        false,
        (name, opener, exits) ->
            new SessionOperator(
                types,
                timeColumn,
                partition,
                gapMicros,
                late(late, exits),
                expiry,
                named("session", name, opener)));
  }

  private @Nullable Output late(@Nullable LatePlace place, CircuitBuilder.Exits exits) {
    ArrangeOperator lateRows = exits.late();
    if (place == null) {
      return null;
    }
    if (lateRows == null) {
      throw new IllegalStateException("no place for late rows");
    }
    return new LateOutput(place, lateRows.codec().types(), lateRows);
  }

  /** Aggregates of groups; no group columns make a single group. */
  public Relation aggregate(List<Integer> groupColumns, List<AggregateSpec> specs) {
    return aggregate(groupColumns, specs, null);
  }

  /**
   * Aggregates of groups that are given up when they stand.
   *
   * @param groupColumns positions of the columns to group by
   * @param specs the aggregates
   * @param expiry when the rows of a group stand, by one of the group columns; null for never
   */
  public Relation aggregate(
      List<Integer> groupColumns, List<AggregateSpec> specs, @Nullable Expiry expiry) {
    return aggregate(groupColumns, specs, expiry, null);
  }

  /**
   * Aggregates of groups that are given up when they stand.
   *
   * @param groupColumns positions of the columns to group by
   * @param specs the aggregates
   * @param expiry when the rows of a group stand, by one of the group columns; null for never
   * @param errors what is kept of groups whose results can't be given, which are left out; null
   *     where they are not
   */
  public Relation aggregate(
      List<Integer> groupColumns,
      List<AggregateSpec> specs,
      @Nullable Expiry expiry,
      @Nullable ErrorForm errors) {
    var key = new ArrayList<>(groupColumns);
    if (expiry != null) {
      key.remove((Integer) expiry.column());
      key.add(0, expiry.column());
    }
    Relation groups =
        circuit.unary(
            this,
            AggregateOperator.outputTypes(types, key, specs),
            false,
            (name, opener, exits) ->
                new AggregateOperator(
                        types, key, specs, appendOnly, expiry, named("aggregate", name, opener))
                    .puttingAside(
                        errors == null
                            ? null
                            : new ErrorOutput(errors.ofColumns(key), exits.errors())));
    if (key.equals(groupColumns)) {
      return groups;
    }
    var order = new ArrayList<Integer>();
    groupColumns.forEach(column -> order.add(key.indexOf(column)));
    for (int i = 0; i < specs.size(); i++) {
      order.add(key.size() + i);
    }
    return groups.columns(order);
  }

  /**
   * Its rows with the results of functions over partitions.
   *
   * @param spec the partitions and the functions
   * @param outputTypes types of its columns and of the results
   * @param expiry when the rows of a partition stand, by one of the partition's columns; null for
   *     never
   */
  public Relation over(OverSpec spec, List<SqlType> outputTypes, @Nullable Expiry expiry) {
    var partition = new ArrayList<>(spec.partition());
    if (expiry != null) {
      partition.remove((Integer) expiry.column());
      partition.add(0, expiry.column());
    }
    var sorted = new OverSpec(partition, spec.order(), spec.calls(), spec.limit());
    return circuit.unary(
        this,
        outputTypes,
        false,
        (name, opener, exits) ->
            new OverOperator(
                types, sorted, outputTypes, appendOnly, expiry, named("over", name, opener)));
  }

  /** The matches of a row pattern; {@link MatchOperator} says when state is given up. */
  public Relation match(MatchSpec spec, List<SqlType> outputTypes, @Nullable Expiry expiry) {
    return circuit.unary(
        this,
        outputTypes,
        false,
        (name, opener, late) ->
            new MatchOperator(types, spec, outputTypes, expiry, named("match", name, opener)));
  }

  /**
   * Its rows that are there at the time of the latest tick.
   *
   * @param clock the number of the input whose watermark is the latest tick
   * @param timeColumn position of the column of microseconds
   * @param after how long after its time a row comes or leaves
   * @param leaves whether rows are there until then, or from then on
   */
  public Relation asOfNow(int clock, int timeColumn, long after, boolean leaves) {
    return circuit.unary(
        this,
        types,
        appendOnly && !leaves,
        (name, opener, late) ->
            new AsOfNowOperator(
                types, timeColumn, clock, after, leaves, named("as-of-now", name, opener)));
  }

  /** Its rows, put out when they stand. */
  public Relation emitOnClose(Expiry expiry) {
    return circuit.unary(
        this,
        types,
        !expiry.byClock(),
        (name, opener, exits) ->
            new EmitOnCloseOperator(types, expiry, named("emit-on-close", name, opener)));
  }

  /** Each row once. */
  public Relation distinct() {
    return aggregate(IntStream.range(0, types.size()).boxed().toList(), List.of());
  }

  /**
   * The pairs of its rows and another relation's whose keys match.
   *
   * @param right the other relation
   * @param keys the columns that are compared, this relation being the left one
   * @param condition on the columns of both, or null for none
   * @param expiry when rows of both stand, by the first key column; null for never
   */
  public Relation join(
      Relation right, KeyColumns keys, @Nullable RowFilter condition, @Nullable Expiry expiry) {
    return circuit.binary(
        this,
        right,
        JoinOperator.outputTypes(types, right.types),
        appendOnly && right.appendOnly,
        (name, opener) ->
            new JoinOperator(
                side(keys.left()),
                right.side(keys.right()),
                keys.equality(),
                condition,
                expiry,
                named("join", name, opener)));
  }

  /**
   * The pairs of its rows and another relation's whose keys are equal and whose times are near,
   * among them some whose times are farther apart: a condition on the pairs is to leave them out.
   *
   * @param right the other relation
   * @param keys the columns that are compared for being equal, which NULLs are not
   * @param distance how far the times may be from each other
   */
  Relation joinNear(Relation right, KeyColumns keys, TimeDistance distance) {
    var buckets = TimeBuckets.of(distance.from(), distance.to());
    Relation one = withPlaces(distance.left().column(), buckets::of);
    Relation other = right.withPlaces(distance.right().column(), buckets::of);
    return circuit
        .binary(
            one,
            other,
            JoinOperator.outputTypes(one.types, other.types),
            appendOnly && right.appendOnly,
            (name, opener) ->
                new IntervalJoinOperator(
                    one.bucketSide(keys.left()),
                    other.bucketSide(keys.right()),
                    buckets,
                    distance.left(),
                    distance.right(),
                    named("interval-join", name, opener)))
        .columns(
            IntStream.range(0, one.types.size() + other.types.size() - 1)
                .filter(column -> column != types.size())
                .boxed()
                .toList());
  }

  /**
   * Its rows, each with the one of another relation that is nearest in time on one side.
   *
   * @param right the other relation
   * @param keys the columns that are compared for being equal, which NULLs are not
   * @param match which row is the nearest
   * @param keepsLeft whether rows that find none are there, with NULLs for the other columns
   */
  public Relation joinAsof(Relation right, KeyColumns keys, AsofMatch match, boolean keepsLeft) {
    Relation one = withPlaces(match.leftTime(), match::leftPlace);
    Relation other = right.withPlaces(match.rightTime(), match::rightPlace);
    return circuit
        .binary(
            one,
            other,
            JoinOperator.outputTypes(one.types, other.types),
            false,
            (name, opener) ->
                new AsofJoinOperator(
                    one.placeSide(keys.left()),
                    other.placeSide(keys.right()),
                    match,
                    keepsLeft,
                    named("asof-join", name, opener)))
        .columns(
            IntStream.range(0, one.types.size() + other.types.size() - 1)
                .filter(column -> column != types.size())
                .boxed()
                .toList());
  }

  private Relation withPlaces(int timeColumn, LongUnaryOperator place) {
    var withPlace = new ArrayList<>(types);
    withPlace.add(SqlType.of(TypeKind.BIGINT));
    return project(rows -> withPlaces(rows, timeColumn, place), withPlace);
  }

  private static Columns withPlaces(Columns rows, int timeColumn, LongUnaryOperator place) {
    var times = (LongColumn) rows.column(timeColumn);
    long[] places = new long[rows.size()];
    for (int row = 0; row < places.length; row++) {
      places[row] = times.isNull(row) ? 0 : place.applyAsLong(times.value(row));
    }
    var columns = new ArrayList<Column>(rows.columns());
    columns.add(new LongColumn(places, times.nulls(), places.length));
    return new Columns(columns, rows.size());
  }

  private JoinOperator.Side placeSide(List<Integer> keyColumns) {
    var key = new ArrayList<>(keyColumns);
    key.add(types.size() - 1);
    return side(key);
  }

  private JoinOperator.Side bucketSide(List<Integer> keyColumns) {
    var key = new ArrayList<>(List.of(types.size() - 1));
    key.addAll(keyColumns);
    return side(key);
  }

  /**
   * Its rows whose key another relation has, or has not.
   *
   * @param right the other relation
   * @param keys the columns that are compared, this relation being the left one
   * @param matched whether the rows with a match pass, or those without
   * @param expiry when rows of both stand, by the first key column; null for never
   */
  public Relation semiJoin(
      Relation right, KeyColumns keys, boolean matched, @Nullable Expiry expiry) {
    return circuit.binary(
        this,
        right,
        types,
        appendOnly && matched && right.appendOnly,
        (name, opener) ->
            new SemiJoinOperator(
                side(keys.left()),
                right.side(keys.right()),
                keys.equality(),
                matched,
                expiry,
                named("semi-join", name, opener)));
  }

  /** Its rows and another relation's, which has columns of the same physical forms. */
  public Relation union(Relation other) {
    return circuit.union(this, other);
  }

  /**
   * INTERSECT ALL or EXCEPT ALL with a relation that has columns of the same physical forms.
   *
   * @param kind which
   * @param right the other relation
   * @param expiry when equal rows of both stand, by one of the columns; null for never
   */
  public Relation multiset(MultisetOperator.Kind kind, Relation right, @Nullable Expiry expiry) {
    int first = expiry == null ? 0 : expiry.column();
    if (expiry != null && first != 0) {
      // What stands is found by its time, so that the time comes first in the state.
      var swapped = new ArrayList<>(IntStream.range(0, types.size()).boxed().toList());
      Collections.swap(swapped, 0, first);
      return columns(swapped).multiset(kind, right.columns(swapped), expiry.at(0)).columns(swapped);
    }
    return circuit.binary(
        this,
        right,
        types,
        kind == MultisetOperator.Kind.INTERSECT_ALL && appendOnly && right.appendOnly,
        (name, opener) ->
            new MultisetOperator(kind, types, expiry, named("multiset", name, opener)));
  }

  private JoinOperator.Side side(List<Integer> keyColumns) {
    return new JoinOperator.Side(types, keyColumns);
  }

  private static ArrangementOpener named(String operator, int number, ArrangementOpener opener) {
    return part -> opener.open(operator + "-" + number + "/" + part);
  }
}

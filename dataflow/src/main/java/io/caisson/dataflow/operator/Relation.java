package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.function.window.WindowAssigner;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
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
        this, types, appendOnly, (name, opener, late) -> new FilterOperator(filter));
  }

  /** Expressions over each row, of the given types. */
  public Relation project(Projection projection, List<SqlType> newTypes) {
    return circuit.unary(
        this, newTypes, appendOnly, (name, opener, late) -> new ProjectOperator(projection));
  }

  /** Some of its columns, in a new order. */
  private Relation columns(List<Integer> columns) {
    return project(
        rows -> new Columns(columns.stream().map(rows::column).toList(), rows.size()),
        columns.stream().map(types::get).toList());
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
        (name, opener, lateRows) ->
            new WindowOperator(timeColumn, assigner, checksWatermark, late(late, lateRows)));
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
        (name, opener, lateRows) ->
            new SessionOperator(
                types,
                timeColumn,
                partition,
                gapMicros,
                late(late, lateRows),
                expiry,
                named("session", name, opener)));
  }

  private @Nullable Output late(@Nullable LatePlace place, @Nullable ArrangeOperator lateRows) {
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
            (name, opener, late) ->
                new AggregateOperator(
                    types, key, specs, appendOnly, expiry, named("aggregate", name, opener)));
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
        (name, opener, late) ->
            new OverOperator(
                types, sorted, outputTypes, appendOnly, expiry, named("over", name, opener)));
  }

  /**
   * The matches of a row pattern.
   *
   * @param spec the pattern
   * @param outputTypes types of what is put out
   * @param expiry when rows stand, by a partition column or by the first key of the order; null for
   *     never
   */
  public Relation match(MatchSpec spec, List<SqlType> outputTypes, @Nullable Expiry expiry) {
    MatchSpec sorted =
        expiry != null && spec.partition().contains(expiry.column())
            ? spec.withFirst(expiry.column())
            : spec;
    return circuit.unary(
        this,
        outputTypes,
        false,
        (name, opener, late) ->
            new MatchOperator(types, sorted, outputTypes, expiry, named("match", name, opener)));
  }

  /** Its rows, put out once each when they stand. */
  public Relation emitOnClose(Expiry expiry) {
    return circuit.unary(
        this,
        types,
        true,
        (name, opener, late) ->
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

  /** INTERSECT ALL or EXCEPT ALL with a relation that has columns of the same physical forms. */
  public Relation multiset(MultisetOperator.Kind kind, Relation right) {
    return circuit.binary(
        this,
        right,
        types,
        kind == MultisetOperator.Kind.INTERSECT_ALL && appendOnly && right.appendOnly,
        (name, opener) -> new MultisetOperator(kind, types, named("multiset", name, opener)));
  }

  private JoinOperator.Side side(List<Integer> keyColumns) {
    return new JoinOperator.Side(types, keyColumns);
  }

  private static ArrangementOpener named(String operator, int number, ArrangementOpener opener) {
    return part -> opener.open(operator + "-" + number + "/" + part);
  }
}

package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.window.TumblingWindows;
import io.caisson.error.CaissonException;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
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

  /**
   * Its rows with the tumbling window of each. A circuit has at most one window, since there is one
   * place for late rows.
   *
   * @throws CaissonException 0A000 for a second window
   */
  public Relation tumble(int timeColumn, TumblingWindows windows) {
    var withWindows = new ArrayList<>(types);
    SqlType time = SqlType.of(TypeKind.TIMESTAMP);
    withWindows.add(time);
    withWindows.add(time);
    circuit.lateRowsOf(withWindows);
    return circuit.unary(
        this,
        withWindows,
        appendOnly,
        (name, opener, late) -> {
          if (late == null) {
            throw new IllegalStateException("no place for late rows");
          }
          return new TumbleOperator(timeColumn, windows, late);
        });
  }

  /** Aggregates of groups; no group columns make a single group. */
  public Relation aggregate(List<Integer> groupColumns, List<AggregateSpec> specs) {
    return circuit.unary(
        this,
        AggregateOperator.outputTypes(types, groupColumns, specs),
        false,
        (name, opener, late) ->
            new AggregateOperator(
                types, groupColumns, specs, appendOnly, named("aggregate", name, opener)));
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
   */
  public Relation join(Relation right, KeyColumns keys, @Nullable RowFilter condition) {
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
                named("join", name, opener)));
  }

  /**
   * Its rows whose key another relation has, or has not.
   *
   * @param right the other relation
   * @param keys the columns that are compared, this relation being the left one
   * @param matched whether the rows with a match pass, or those without
   */
  public Relation semiJoin(Relation right, KeyColumns keys, boolean matched) {
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

package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins that also depend on what has no match, put together from inner joins and semi-joins. With P
 * for the pairs of the inner join, the left rows without a match are those that are in no pair:
 *
 * <pre>
 *   L left join R  =  P  +  (L without L of P, filled up with NULLs)
 * </pre>
 *
 * Without a condition besides the keys, "in no pair" is "key not in R", which needs less state. For
 * one thread.
 */
public final class OuterJoin {
  private final Relation left;
  private final Relation right;
  private final List<Integer> leftKeys;
  private final List<Integer> rightKeys;
  private final @Nullable RowFilter condition;

  /**
   * Two relations and what makes a pair.
   *
   * @param leftKeys positions of the key's columns in the left relation
   * @param rightKeys as many in the right one
   * @param condition on the columns of both, or null for none
   */
  public OuterJoin(
      Relation left,
      Relation right,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      @Nullable RowFilter condition) {
    this.left = left;
    this.right = right;
    this.leftKeys = List.copyOf(leftKeys);
    this.rightKeys = List.copyOf(rightKeys);
    this.condition = condition;
  }

  /**
   * The pairs, and the rows without a match.
   *
   * @param keepsLeft whether left rows without a match are there, with NULLs for the right
   * @param keepsRight whether right rows without a match are there, with NULLs for the left
   */
  public Relation join(boolean keepsLeft, boolean keepsRight) {
    Relation pairs = pairs();
    Relation result = pairs;
    if (keepsLeft) {
      result = result.union(padded(unmatchedLeft(pairs), List.of(), right.types()));
    }
    if (keepsRight) {
      result = result.union(padded(unmatchedRight(pairs), left.types(), List.of()));
    }
    return result;
  }

  /** The left rows that have a match (EXISTS), or those that have none (NOT EXISTS). */
  public Relation semiJoin(boolean matched) {
    if (condition == null) {
      return left.semiJoin(
          right, leftKeys, rightKeys, new SemiJoinOperator.Match(matched, KeyEquality.EQUAL));
    }
    return inPairs(left, part(pairs(), 0, left.types()), matched);
  }

  private Relation pairs() {
    return left.join(right, leftKeys, rightKeys, condition);
  }

  private Relation unmatchedLeft(Relation pairs) {
    return condition == null ? semiJoin(false) : inPairs(left, part(pairs, 0, left.types()), false);
  }

  private Relation unmatchedRight(Relation pairs) {
    if (condition == null) {
      return right.semiJoin(
          left, rightKeys, leftKeys, new SemiJoinOperator.Match(false, KeyEquality.EQUAL));
    }
    return inPairs(right, part(pairs, left.types().size(), right.types()), false);
  }

  private static Relation inPairs(Relation rows, Relation ofPairs, boolean matched) {
    List<Integer> all = IntStream.range(0, rows.types().size()).boxed().toList();
    return rows.semiJoin(
        ofPairs, all, all, new SemiJoinOperator.Match(matched, KeyEquality.IDENTICAL));
  }

  private static Relation part(Relation pairs, int from, List<SqlType> types) {
    return pairs.project(
        rows -> new Columns(rows.columns().subList(from, from + types.size()), rows.size()), types);
  }

  /** Rows with columns of NULLs before and behind theirs. */
  private static Relation padded(Relation rows, List<SqlType> before, List<SqlType> behind) {
    var types = new ArrayList<SqlType>(before);
    types.addAll(rows.types());
    types.addAll(behind);
    return rows.project(batch -> padded(batch, before, behind), types);
  }

  private static Columns padded(Columns rows, List<SqlType> before, List<SqlType> behind) {
    var columns = new ArrayList<Column>();
    before.forEach(type -> columns.add(nulls(type, rows.size())));
    columns.addAll(rows.columns());
    behind.forEach(type -> columns.add(nulls(type, rows.size())));
    return new Columns(columns, rows.size());
  }

  private static Column nulls(SqlType type, int rows) {
    var builder = new ColumnBuilder(type.physical());
    for (int row = 0; row < rows; row++) {
      builder.addNull();
    }
    return builder.build();
  }
}

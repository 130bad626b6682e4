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
  private final KeyColumns keys;
  private final @Nullable RowFilter condition;
  private final @Nullable Expiry expiry;
  private final @Nullable ErrorForm errors;

  /**
   * Two relations and what makes a pair.
   *
   * @param left the left relation
   * @param right the right one
   * @param keys the columns that are compared
   * @param condition on the columns of both, or null for none
   * @param expiry when rows of both stand, by the first key column; null for never
   */
  public OuterJoin(
      Relation left,
      Relation right,
      KeyColumns keys,
      @Nullable RowFilter condition,
      @Nullable Expiry expiry) {
    this(left, right, keys, condition, expiry, null);
  }

  private OuterJoin(
      Relation left,
      Relation right,
      KeyColumns keys,
      @Nullable RowFilter condition,
      @Nullable Expiry expiry,
      @Nullable ErrorForm errors) {
    this.errors = errors;
    this.left = left;
    this.right = right;
    this.keys = keys;
    this.condition = condition;
    this.expiry = expiry;
  }

  /** The same with pairs put aside on which the condition fails: they count as no match. */
  public OuterJoin skippingErrors(ErrorForm form) {
    return new OuterJoin(left, right, keys, condition, expiry, form);
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
      return left.semiJoin(right, keys, matched, expiry);
    }
    return inPairs(left, part(pairs(), 0, left.types()), keys.left(), matched);
  }

  private Relation pairs() {
    return condition == null || errors == null
        ? left.join(right, keys, condition, expiry)
        : left.join(right, keys, null, expiry).filter(condition, errors);
  }

  private Relation unmatchedLeft(Relation pairs) {
    return condition == null
        ? semiJoin(false)
        : inPairs(left, part(pairs, 0, left.types()), keys.left(), false);
  }

  private Relation unmatchedRight(Relation pairs) {
    if (condition == null) {
      return right.semiJoin(left, keys.reversed(), false, expiry);
    }
    return inPairs(right, part(pairs, left.types().size(), right.types()), keys.right(), false);
  }

  /** All columns are the key, that of the join's first key column before the others. */
  private Relation inPairs(
      Relation rows, Relation ofPairs, List<Integer> keyColumns, boolean matched) {
    var all = new ArrayList<>(IntStream.range(0, rows.types().size()).boxed().toList());
    if (!keyColumns.isEmpty()) {
      all.remove(keyColumns.get(0));
      all.add(0, keyColumns.get(0));
    }
    return rows.semiJoin(ofPairs, new KeyColumns(all, all, KeyEquality.IDENTICAL), matched, expiry);
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

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
  private final @Nullable TimeDistance distance;
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
    this(left, right, keys, condition, expiry, null, null);
  }

  private OuterJoin(
      Relation left,
      Relation right,
      KeyColumns keys,
      @Nullable RowFilter condition,
      @Nullable Expiry expiry,
      @Nullable TimeDistance distance,
      @Nullable ErrorForm errors) {
    this.left = left;
    this.right = right;
    this.keys = keys;
    this.condition = condition;
    this.expiry = expiry;
    this.distance = distance;
    this.errors = errors;
  }

  /**
   * Two relations whose rows meet those of near times only.
   *
   * @param left the left relation
   * @param right the right one
   * @param keys the columns that are compared for being equal
   * @param condition on the columns of both; it implies the distance
   * @param distance how far the times may be from each other
   */
  public static OuterJoin near(
      Relation left, Relation right, KeyColumns keys, RowFilter condition, TimeDistance distance) {
    return new OuterJoin(left, right, keys, condition, null, distance, null);
  }

  /** The same with pairs put aside on which the condition fails: they count as no match. */
  public OuterJoin skippingErrors(ErrorForm form) {
    return new OuterJoin(left, right, keys, condition, expiry, distance, form);
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
    return leftInPairs(pairs(), matched);
  }

  private Relation pairs() {
    if (condition == null || (distance == null && errors == null)) {
      return left.join(right, keys, condition, expiry);
    }
    Relation meeting =
        distance == null
            ? left.join(right, keys, null, expiry)
            : left.joinNear(right, keys, distance);
    return errors == null ? meeting.filter(condition) : meeting.filter(condition, errors);
  }

  private Relation leftInPairs(Relation pairs, boolean matched) {
    Relation part = part(pairs, 0, left.types());
    return distance == null
        ? inPairs(left, part, keys.left(), matched, expiry)
        : nearInPairs(left, part, matched, distance.left());
  }

  private Relation rightInPairs(Relation pairs, boolean matched) {
    Relation part = part(pairs, left.types().size(), right.types());
    return distance == null
        ? inPairs(right, part, keys.right(), matched, expiry)
        : nearInPairs(right, part, matched, distance.right());
  }

  /** Rows without a time are in no pair, and no state need be kept for ever to know that. */
  private static Relation nearInPairs(
      Relation rows, Relation ofPairs, boolean matched, Expiry stands) {
    int time = stands.column();
    Relation timed = rows.filter((columns, selected) -> select(columns, time, false, selected));
    Relation passing = inPairs(timed, ofPairs, List.of(time), matched, stands);
    return matched
        ? passing
        : passing.union(rows.filter((columns, selected) -> select(columns, time, true, selected)));
  }

  private static int select(Columns rows, int column, boolean nulls, int[] selected) {
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.column(column).isNull(row) == nulls) {
        selected[count++] = row;
      }
    }
    return count;
  }

  private Relation unmatchedLeft(Relation pairs) {
    return condition == null ? semiJoin(false) : leftInPairs(pairs, false);
  }

  private Relation unmatchedRight(Relation pairs) {
    return condition == null
        ? right.semiJoin(left, keys.reversed(), false, expiry)
        : rightInPairs(pairs, false);
  }

  /** All columns are the key, the first one by which rows stand before the others. */
  private static Relation inPairs(
      Relation rows,
      Relation ofPairs,
      List<Integer> keyColumns,
      boolean matched,
      @Nullable Expiry expiry) {
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

  /** The same of rows in columnar form. */
  static Columns padded(Columns rows, List<SqlType> before, List<SqlType> behind) {
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

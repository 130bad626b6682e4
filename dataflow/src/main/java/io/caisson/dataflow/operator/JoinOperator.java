package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of a left and a right row whose keys are equal and that fulfil a condition: an inner
 * join. Bilinear, so with L and R for what the inputs were before the step,
 *
 * <pre>
 *   Δ(L ⋈ R)  =  ΔL ⋈ (R + ΔR)  +  L ⋈ ΔR
 * </pre>
 *
 * Its state is both inputs, by key. Without key columns every left row meets every right one. For
 * the thread that steps.
 */
public final class JoinOperator implements BinaryOperator {
  private final KeyedInput left;
  private final KeyedInput right;
  private final @Nullable RowFilter condition;
  private final List<SqlType> outputTypes;
  private final @Nullable Expiry expiry;
  private final List<ExpiredRows> expired;

  /**
   * One side of a join.
   *
   * @param types types of its columns
   * @param keyColumns positions of its key's columns, as many as the other side's and of the same
   *     physical forms
   */
  public record Side(List<SqlType> types, List<Integer> keyColumns) {
    /** Copies the lists. */
    public Side {
      types = List.copyOf(types);
      keyColumns = List.copyOf(keyColumns);
    }
  }

  /**
   * A join.
   *
   * @param left the left input
   * @param right the right input
   * @param equality which keys match
   * @param condition on a left row's columns followed by a right row's, or null for none
   * @param expiry when rows of both inputs stand, by the first key column; null for never
   * @param opener gives the state's arrangements
   */
  public JoinOperator(
      Side left,
      Side right,
      KeyEquality equality,
      @Nullable RowFilter condition,
      @Nullable Expiry expiry,
      ArrangementOpener opener) {
    this.left = new KeyedInput(left, equality, opener.open("left"));
    this.right = new KeyedInput(right, equality, opener.open("right"));
    this.condition = condition;
    this.outputTypes = outputTypes(left.types(), right.types());
    this.expiry = expiry;
    this.expired = state().stream().map(ExpiredRows::new).toList();
  }

  /** The types of the output's columns: the left row's, then the right row's. */
  static List<SqlType> outputTypes(List<SqlType> left, List<SqlType> right) {
    var types = new ArrayList<>(left);
    types.addAll(right);
    return List.copyOf(types);
  }

  @Override
  public void processLeft(Batch input, Output out) {
    left.add(input);
  }

  @Override
  public void processRight(Batch input, Output out) {
    right.add(input);
  }

  @Override
  public void endStep(Output out) {
    SortedRows leftChange = left.takeChanges();
    SortedRows rightChange = right.takeChanges();
    if (leftChange.isEmpty() && rightChange.isEmpty()) {
      return;
    }
    var pairs = new RowEmitter(outputTypes, condition, out);
    pair(rightChange, right.codec(), left, false, pairs);
    right.rows().add(rightChange);
    pair(leftChange, left.codec(), right, true, pairs);
    left.rows().add(leftChange);
    pairs.flush();
  }

  /** Pairs each row of a change with the other input's rows of its key. */
  private void pair(
      SortedRows change,
      KeyedRowCodec codec,
      KeyedInput other,
      boolean changeIsLeft,
      RowEmitter pairs) {
    if (change.isEmpty()) {
      return;
    }
    try (Snapshot snapshot = other.rows().snapshot()) {
      Cursor cursor = snapshot.cursor();
      var keys = new KeyGroups(change, codec);
      while (keys.next()) {
        boolean found = cursor.seekPrefix(change.bytes(), keys.start(), keys.keyEnd());
        for (; found; found = cursor.next()) {
          for (int row = keys.first(); row < keys.end(); row++) {
            if (changeIsLeft) {
              add(change.bytes(), change.start(row), cursor.bytes(), 0, pairs);
            } else {
              add(cursor.bytes(), 0, change.bytes(), change.start(row), pairs);
            }
            pairs.endRow(Math.multiplyExact(change.weight(row), cursor.weight()));
          }
        }
      }
    }
  }

  private void add(
      byte[] leftBytes, int leftStart, byte[] rightBytes, int rightStart, RowEmitter pairs) {
    left.codec().decode(leftBytes, leftStart, pairs.row(), 0);
    right.codec().decode(rightBytes, rightStart, pairs.row(), left.codec().types().size());
  }

  @Override
  public int free(long[] watermarks, int most) {
    return expiry == null ? 0 : ExpiredRows.remove(expired, expiry.through(watermarks), most);
  }

  @Override
  public List<Arrangement> state() {
    return List.of(left.rows(), right.rows());
  }

  @Override
  public long memoryBytes() {
    return left.memoryBytes() + right.memoryBytes();
  }
}

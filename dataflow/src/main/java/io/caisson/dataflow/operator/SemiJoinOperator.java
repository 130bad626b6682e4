package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The left rows whose key the right input has (EXISTS), or those whose key it does not have (NOT
 * EXISTS). Its state is the left rows by key and, for the right input, each key with the number of
 * its rows. At the end of a step it looks at the keys that changed on either side: where the answer
 * for a key has changed, all left rows of the key come or go; where it stands, only the left rows
 * that changed do.
 *
 * <p>Other joins are made of it: an outer join is the inner join and, filled up with NULLs, the
 * left rows that are in none of its pairs. For the thread that steps.
 */
public final class SemiJoinOperator implements BinaryOperator {
  private final KeyedInput left;
  private final RowCodec rightKey;
  private final Arrangement rightKeys;
  private final RowBuffer rightChanges = new RowBuffer();
  private final KeyEquality equality;
  private final boolean passesMatched;
  private final @Nullable Expiry expiry;
  private final List<ExpiredRows> expired;

  /**
   * A semi-join or its opposite.
   *
   * @param left the input that passes or not
   * @param right the input that is looked into
   * @param equality which keys match
   * @param passesMatched whether the left rows with a match pass, or those without
   * @param expiry when rows of both inputs stand, by the first key column; null for never
   * @param opener gives the state's arrangements
   */
  public SemiJoinOperator(
      JoinOperator.Side left,
      JoinOperator.Side right,
      KeyEquality equality,
      boolean passesMatched,
      @Nullable Expiry expiry,
      ArrangementOpener opener) {
    this.left = new KeyedInput(left, equality, opener.open("left"));
    this.rightKey =
        equality == KeyEquality.IDENTICAL
            ? RowCodec.ofColumns(right.types(), right.keyColumns())
            : RowCodec.ofGroups(right.types(), right.keyColumns());
    this.rightKeys = opener.open("right");
    this.equality = equality;
    this.passesMatched = passesMatched;
    this.expiry = expiry;
    this.expired = state().stream().map(ExpiredRows::new).toList();
  }

  @Override
  public void processLeft(Batch input, Output out) {
    left.add(input);
    if (!equality.matchesNulls() && !passesMatched) {
      passNullKeys(input, out);
    }
  }

  /** Rows whose key can have no match pass at once, and need no state. */
  private void passNullKeys(Batch input, Output out) {
    var keys = left.codec().inputOf(input.rows());
    int[] rows = new int[input.size()];
    int count = 0;
    for (int row = 0; row < input.size(); row++) {
      if (keys.hasNullKey(row)) {
        rows[count++] = row;
      }
    }
    if (count > 0) {
      out.emit(Batches.gather(input, rows, count));
    }
  }

  @Override
  public void processRight(Batch input, Output out) {
    Column[] columns = rightKey.columnsOf(input.rows());
    for (int row = 0; row < input.size(); row++) {
      long weight = input.weight(row);
      if (weight != 0 && (equality.matchesNulls() || !hasNull(columns, row))) {
        rightKey.encode(columns, row, rightChanges);
        rightChanges.endRow(weight);
      }
    }
  }

  private static boolean hasNull(Column[] columns, int row) {
    for (Column column : columns) {
      if (column.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void endStep(Output out) {
    SortedRows leftChange = left.takeChanges();
    SortedRows rightChange = SortedRows.of(rightChanges);
    rightChanges.clear();
    if (leftChange.isEmpty() && rightChange.isEmpty()) {
      return;
    }
    try (Snapshot rows = left.rows().snapshot();
        Snapshot keys = rightKeys.snapshot()) {
      new Step(leftChange, rightChange, rows.cursor(), keys.cursor(), out).run();
    }
    left.rows().add(leftChange);
    rightKeys.add(rightChange);
  }

  @Override
  public int free(long[] watermarks, int most) {
    return expiry == null ? 0 : ExpiredRows.remove(expired, expiry.through(watermarks), most);
  }

  @Override
  public List<Arrangement> state() {
    return List.of(left.rows(), rightKeys);
  }

  @Override
  public long memoryBytes() {
    return left.memoryBytes() + rightChanges.memoryBytes();
  }

  /** The end of one step: both changes are walked in the order of the keys. */
  private final class Step {
    private final SortedRows leftChange;
    private final SortedRows rightChange;
    private final Cursor leftRows;
    private final Cursor keys;
    private final RowEmitter emitter;

    Step(SortedRows leftChange, SortedRows rightChange, Cursor leftRows, Cursor keys, Output out) {
      this.leftChange = leftChange;
      this.rightChange = rightChange;
      this.leftRows = leftRows;
      this.keys = keys;
      List<SqlType> types = left.codec().types();
      this.emitter = new RowEmitter(types, null, out);
    }

    void run() {
      var groups = new KeyGroups(leftChange, left.codec());
      boolean more = groups.next();
      int right = 0;
      while (more || right < rightChange.size()) {
        int order = order(groups, more, right);
        long change = order >= 0 ? rightChange.weight(right) : 0;
        byte[] key = order <= 0 ? leftChange.bytes() : rightChange.bytes();
        int start = order <= 0 ? groups.start() : rightChange.start(right);
        int end = order <= 0 ? groups.keyEnd() : rightChange.end(right);
        long count = count(key, start, end);
        boolean passed = passes(count);
        boolean passes = passes(count + change);
        if (passed != passes) {
          emitOldRows(key, start, end, passes ? 1 : -1);
        }
        if (passes && order <= 0) {
          emitChange(groups.first(), groups.end());
        }
        right += order >= 0 ? 1 : 0;
        more = order <= 0 ? groups.next() : more;
      }
      emitter.flush();
    }

    /** Which key comes first: the left's (negative), the right's (positive), or they are one. */
    private int order(KeyGroups groups, boolean hasLeft, int right) {
      if (!hasLeft || right == rightChange.size()) {
        return hasLeft ? -1 : 1;
      }
      return Arrays.compareUnsigned(
          leftChange.bytes(),
          groups.start(),
          groups.keyEnd(),
          rightChange.bytes(),
          rightChange.start(right),
          rightChange.end(right));
    }

    private long count(byte[] key, int start, int end) {
      return keys.seekPrefix(key, start, end) ? keys.weight() : 0;
    }

    private boolean passes(long count) {
      return count > 0 == passesMatched;
    }

    private void emitOldRows(byte[] key, int start, int end, long sign) {
      boolean found = leftRows.seekPrefix(key, start, end);
      for (; found; found = leftRows.next()) {
        left.codec().decode(leftRows.bytes(), 0, emitter.row(), 0);
        emitter.endRow(sign * leftRows.weight());
      }
    }

    private void emitChange(int from, int to) {
      for (int row = from; row < to; row++) {
        left.codec().decode(leftChange.bytes(), leftChange.start(row), emitter.row(), 0);
        emitter.endRow(leftChange.weight(row));
      }
    }
  }
}

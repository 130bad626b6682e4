package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import java.util.List;

/**
 * The pairs of rows whose keys are equal and whose times are not far from each other, with some
 * that are a little further: who reads them looks at the times. Bilinear, as {@link JoinOperator}
 * is. Its state is both inputs, by the bucket of their time and then by key, so that what is old
 * lies at the front. For the thread that steps.
 */
final class IntervalJoinOperator implements BinaryOperator {
  private final KeyedInput left;
  private final KeyedInput right;
  private final TimeBuckets buckets;
  private final Expiry leftExpiry;
  private final Expiry rightExpiry;
  private final ExpiredRows leftExpired;
  private final ExpiredRows rightExpired;
  private final RowReader reader = new RowReader();

  /**
   * A join of rows that know their buckets.
   *
   * @param left the left input, its first key column being the bucket
   * @param right the right input, too
   * @param buckets which buckets meet
   * @param leftExpiry when left rows stand, by their time
   * @param rightExpiry when right rows stand, by their time
   * @param opener gives the state's arrangements
   */
  IntervalJoinOperator(
      JoinOperator.Side left,
      JoinOperator.Side right,
      TimeBuckets buckets,
      Expiry leftExpiry,
      Expiry rightExpiry,
      ArrangementOpener opener) {
    this.left = new KeyedInput(left, KeyEquality.EQUAL, opener.open("left"));
    this.right = new KeyedInput(right, KeyEquality.EQUAL, opener.open("right"));
    this.buckets = buckets;
    this.leftExpiry = leftExpiry;
    this.rightExpiry = rightExpiry;
    this.leftExpired = new ExpiredRows(this.left.rows());
    this.rightExpired = new ExpiredRows(this.right.rows());
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
    var pairs =
        new RowEmitter(
            JoinOperator.outputTypes(left.codec().types(), right.codec().types()), null, out);
    pair(rightChange, right.codec(), left, false, pairs);
    right.rows().add(rightChange);
    pair(leftChange, left.codec(), right, true, pairs);
    left.rows().add(leftChange);
    pairs.flush();
  }

  /** Pairs each row of a change with the other input's rows of its key, in all buckets it meets. */
  private void pair(
      SortedRows change,
      KeyedRowCodec codec,
      KeyedInput other,
      boolean changeIsLeft,
      RowEmitter pairs) {
    if (change.isEmpty()) {
      return;
    }
    TimeBuckets meets = changeIsLeft ? buckets : buckets.reversed();
    var place = new RowBuffer();
    try (Snapshot snapshot = other.rows().snapshot()) {
      Cursor cursor = snapshot.cursor();
      var keys = new KeyGroups(change, codec);
      while (keys.next()) {
        reader.reset(change.bytes(), keys.start());
        long bucket = reader.takeLong();
        int rest = reader.position();
        long last = meets.lastRight(bucket);
        for (long there = meets.firstRight(bucket); there <= last; there++) {
          place.dropRow();
          place.appendLong(there);
          place.appendEncoded(change.bytes(), rest, keys.keyEnd() - rest);
          boolean found = cursor.seekPrefix(place.bytes(), 0, place.end());
          for (; found; found = cursor.next()) {
            pair(change, keys, cursor, changeIsLeft, pairs);
          }
        }
      }
    }
  }

  private void pair(
      SortedRows change, KeyGroups keys, Cursor cursor, boolean changeIsLeft, RowEmitter pairs) {
    int width = left.codec().types().size();
    for (int row = keys.first(); row < keys.end(); row++) {
      KeyedRowCodec own = changeIsLeft ? left.codec() : right.codec();
      KeyedRowCodec others = changeIsLeft ? right.codec() : left.codec();
      own.decode(change.bytes(), change.start(row), pairs.row(), changeIsLeft ? 0 : width);
      others.decode(cursor.bytes(), 0, pairs.row(), changeIsLeft ? width : 0);
      pairs.endRow(Math.multiplyExact(change.weight(row), cursor.weight()));
    }
  }

  @Override
  public int free(long[] watermarks, int most) {
    int removed = leftExpired.remove(buckets.complete(leftExpiry.through(watermarks)), most);
    return removed
        + rightExpired.remove(buckets.complete(rightExpiry.through(watermarks)), most - removed);
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

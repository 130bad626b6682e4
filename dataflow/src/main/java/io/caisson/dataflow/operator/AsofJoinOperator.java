package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;

/**
 * Each left row with one right row of its key: the nearest in time on one side, of several at the
 * same time the first in the order of all columns. Rows know their place in the state ({@link
 * AsofMatch}), which is behind their key. A right row that comes or goes changes the matches of
 * left rows from one place on, up to the first that finds what it found before. What stands is
 * given up by walking over the state bit by bit, as much as was added: all left rows, and the right
 * rows that a later one has replaced. For the thread that steps.
 */
final class AsofJoinOperator implements BinaryOperator {
  private final KeyedInput left;
  private final KeyedInput right;
  private final RowCodec leftKey;
  private final RowCodec rightKey;
  private final AsofMatch match;
  private final boolean keepsLeft;
  private final AsofSweep sweep;
  private final RowReader reader = new RowReader();

  /**
   * A join of rows that know their places.
   *
   * @param left the left input, its last key column being the place
   * @param right the right input, too
   * @param match which right row is found
   * @param keepsLeft whether left rows that find none are put out with NULLs
   * @param opener gives the state's arrangements
   */
  AsofJoinOperator(
      JoinOperator.Side left,
      JoinOperator.Side right,
      AsofMatch match,
      boolean keepsLeft,
      ArrangementOpener opener) {
    this.left = new KeyedInput(left, KeyEquality.EQUAL, opener.open("left"));
    this.right = new KeyedInput(right, KeyEquality.EQUAL, opener.open("right"));
    this.leftKey = keyOf(left);
    this.match = match;
    this.keepsLeft = keepsLeft;
    this.rightKey = keyOf(right);
    this.sweep = new AsofSweep(this.left.rows(), this.right.rows(), leftKey, rightKey, match);
  }

  private int keyEnd(RowCodec key, byte[] bytes, int start) {
    reader.reset(bytes, start);
    key.pass(reader);
    return reader.position();
  }

  private static RowCodec keyOf(JoinOperator.Side side) {
    return RowCodec.ofGroups(
        side.types(), side.keyColumns().subList(0, side.keyColumns().size() - 1));
  }

  @Override
  public void processLeft(Batch input, Output out) {
    left.add(input);
    if (keepsLeft) {
      passWithoutKey(input, out);
    }
  }

  /** Rows without a key or a time find nothing, ever. */
  private void passWithoutKey(Batch input, Output out) {
    var keys = left.codec().inputOf(input.rows());
    int[] rows = new int[input.size()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (keys.hasNullKey(row)) {
        rows[count++] = row;
      }
    }
    if (count > 0) {
      Batch passing = Batches.gather(input, rows, count);
      out.emit(
          new Batch(
              OuterJoin.padded(passing.rows(), List.of(), right.codec().types()),
              passing.weights(),
              null));
    }
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
    sweep.added(leftChange.size() + rightChange.size());
    var emitter =
        new RowEmitter(
            JoinOperator.outputTypes(left.codec().types(), right.codec().types()), null, out);
    try (Snapshot before = right.rows().snapshot();
        Snapshot rows = left.rows().snapshot()) {
      right.rows().add(rightChange);
      try (Snapshot after = right.rows().snapshot()) {
        var found = new Match(after.cursor());
        var step = new Step(rows.cursor(), new Match(before.cursor()), found, emitter);
        step.matchAgain(rightChange);
        step.matchNew(leftChange);
      }
    }
    left.rows().add(leftChange);
    emitter.flush();
  }

  @Override
  public int free(long[] watermarks, int most) {
    return sweep.free(watermarks, most);
  }

  @Override
  public List<Arrangement> state() {
    return List.of(left.rows(), right.rows());
  }

  @Override
  public long memoryBytes() {
    return left.memoryBytes() + right.memoryBytes();
  }

  /** What left rows find in one state of the right input. */
  private final class Match {
    private final Cursor cursor;
    private final RowBuffer place = new RowBuffer();
    private boolean there;

    Match(Cursor cursor) {
      this.cursor = cursor;
    }

    /** Finds the match of a left row with a key at a place. */
    void find(byte[] bytes, int start, int keyEnd, long leftPlace) {
      place.dropRow();
      place.appendEncoded(bytes, start, keyEnd - start);
      place.appendLong(match.firstRight(leftPlace));
      int length = keyEnd - start;
      there =
          !match.findsNone(leftPlace)
              && cursor.seek(place.bytes(), 0, place.end())
              && cursor.length() >= length
              && Arrays.equals(cursor.bytes(), 0, length, bytes, start, keyEnd);
    }

    boolean isSame(Match other) {
      return there == other.there
          && (!there
              || Arrays.equals(
                  cursor.bytes(),
                  0,
                  cursor.length(),
                  other.cursor.bytes(),
                  0,
                  other.cursor.length()));
    }
  }

  /** The end of one step. */
  private final class Step {
    private final Cursor rows;
    private final Match before;
    private final Match after;
    private final RowEmitter emitter;
    private final RowBuffer place = new RowBuffer();

    /** Left rows of the key at places before it find what they shall find. */
    private long done;

    Step(Cursor rows, Match before, Match after, RowEmitter emitter) {
      this.rows = rows;
      this.before = before;
      this.after = after;
      this.emitter = emitter;
    }

    /** Old left rows whose match has changed. */
    void matchAgain(SortedRows change) {
      int from = 0;
      while (from < change.size()) {
        int keyEnd = keyEnd(rightKey, change.bytes(), change.start(from));
        int to = from + 1;
        while (to < change.size() && sameKey(change, from, keyEnd, to)) {
          to++;
        }
        done = Long.MIN_VALUE;
        for (int row = to - 1; row >= from && done != Long.MAX_VALUE; row--) {
          matchAgain(change, row, keyEnd - change.start(from));
        }
        from = to;
      }
    }

    private boolean sameKey(SortedRows change, int first, int keyEnd, int row) {
      int length = keyEnd - change.start(first);
      return change.end(row) - change.start(row) >= length
          && Arrays.equals(
              change.bytes(),
              change.start(first),
              keyEnd,
              change.bytes(),
              change.start(row),
              change.start(row) + length);
    }

    /** From the place of one change on, unless that has been done. */
    private void matchAgain(SortedRows change, int row, int keyLength) {
      byte[] bytes = change.bytes();
      int start = change.start(row);
      reader.reset(bytes, start + keyLength);
      long rightPlace = reader.takeLong();
      if (match.isFoundByNone(rightPlace)) {
        return;
      }
      place.dropRow();
      place.appendEncoded(bytes, start, keyLength);
      place.appendLong(Math.max(done, match.firstLeft(rightPlace)));
      boolean more = rows.seek(place.bytes(), 0, place.end());
      while (more
          && rows.length() >= keyLength
          && Arrays.equals(rows.bytes(), 0, keyLength, bytes, start, start + keyLength)) {
        reader.reset(rows.bytes(), keyLength);
        long at = reader.takeLong();
        before.find(rows.bytes(), 0, keyLength, at);
        after.find(rows.bytes(), 0, keyLength, at);
        if (before.isSame(after)) {
          done = at;
          return;
        }
        do {
          emit(rows.bytes(), 0, -rows.weight(), before);
          emit(rows.bytes(), 0, rows.weight(), after);
          more = rows.next();
        } while (more && isAt(keyLength, bytes, start, at));
      }
      done = Long.MAX_VALUE; // no left row is behind
    }

    /** Whether the cursor's row has a key and a place. */
    private boolean isAt(int keyLength, byte[] key, int start, long wanted) {
      if (rows.length() < keyLength
          || !Arrays.equals(rows.bytes(), 0, keyLength, key, start, start + keyLength)) {
        return false;
      }
      reader.reset(rows.bytes(), keyLength);
      return reader.takeLong() == wanted;
    }

    /** The left rows of the step. */
    void matchNew(SortedRows change) {
      for (int row = 0; row < change.size(); row++) {
        int start = change.start(row);
        int keyEnd = keyEnd(leftKey, change.bytes(), start);
        reader.reset(change.bytes(), keyEnd);
        after.find(change.bytes(), start, keyEnd, reader.takeLong());
        emit(change.bytes(), start, change.weight(row), after);
      }
    }

    private void emit(byte[] leftBytes, int start, long weight, Match found) {
      int width = left.codec().types().size();
      List<SqlType> types = right.codec().types();
      if (found.there) {
        left.codec().decode(leftBytes, start, emitter.row(), 0);
        right.codec().decode(found.cursor.bytes(), 0, emitter.row(), width);
        emitter.endRow(weight);
      } else if (keepsLeft) {
        left.codec().decode(leftBytes, start, emitter.row(), 0);
        for (int i = 0; i < types.size(); i++) {
          emitter.row().column(width + i).addNull();
        }
        emitter.endRow(weight);
      }
    }
  }
}

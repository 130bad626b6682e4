package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.watermark.WatermarkTracker;
import java.util.Arrays;

/**
 * Gives up what an as-of join needs no more. Its state is sorted by key, so that what is old lies
 * anywhere; it is walked over in rounds, each time by about twice as many rows as were added. So
 * the state stays within a small multiple of what is needed. For the thread that steps.
 */
final class AsofSweep {
  private static final int FEWEST = 64;

  private final Round left;
  private final Round right;
  private final AsofMatch match;
  private int budget;

  AsofSweep(
      Arrangement left, Arrangement right, RowCodec leftKey, RowCodec rightKey, AsofMatch match) {
    this.left = new Round(left, leftKey, false);
    this.right = new Round(right, rightKey, true);
    this.match = match;
  }

  /** Takes note of how much was added. */
  void added(int rows) {
    budget = 2 * Math.min(rows, Integer.MAX_VALUE / 4) + FEWEST;
  }

  /**
   * Walks on.
   *
   * @return how many rows it removed
   */
  int free(long[] watermarks, int most) {
    Expiry stands = match.stands();
    if (stands == null || budget == 0) {
      return 0;
    }
    long through = stands.through(watermarks);
    int visits = Math.min(budget, most);
    budget = 0;
    return through == WatermarkTracker.NONE
        ? 0
        : left.walk(through, visits) + right.walk(through, visits);
  }

  /** The walk over one side. */
  private final class Round {
    private final Arrangement rows;
    private final RowCodec key;

    /** Whether the last row of a key that stands is kept, for later left rows. */
    private final boolean keepsLast;

    private final RowReader reader = new RowReader();
    private byte[] next = new byte[0];

    /** The key whose last row that stands has been passed. */
    private byte[] passed = new byte[0];

    private boolean any;

    Round(Arrangement rows, RowCodec key, boolean keepsLast) {
      this.rows = rows;
      this.key = key;
      this.keepsLast = keepsLast;
    }

    int walk(long through, int visits) {
      var removed = new RowBuffer();
      try (Snapshot snapshot = rows.snapshot()) {
        Cursor cursor = snapshot.cursor();
        boolean more = cursor.seek(next, 0, next.length);
        for (int i = 0; more && i < visits; i++, more = cursor.next()) {
          if (isOver(cursor, through)) {
            removed.appendEncoded(cursor.bytes(), 0, cursor.length());
            removed.endRow(-cursor.weight());
          }
        }
        next = more ? Arrays.copyOf(cursor.bytes(), cursor.length()) : new byte[0];
        any &= more;
      }
      rows.add(SortedRows.of(removed));
      return removed.size();
    }

    private boolean isOver(Cursor cursor, long through) {
      reader.reset(cursor.bytes(), 0);
      key.pass(reader);
      int keyEnd = reader.position();
      long place = reader.takeLong();
      if (!keepsLast) {
        return match.leftPlace(place) <= through;
      }
      if (match.rightPlace(place) > through) {
        return false;
      }
      boolean replaced = any && Arrays.equals(passed, 0, passed.length, cursor.bytes(), 0, keyEnd);
      if (!replaced) {
        passed = Arrays.copyOf(cursor.bytes(), keyEnd);
        any = true;
      }
      return replaced;
    }
  }
}

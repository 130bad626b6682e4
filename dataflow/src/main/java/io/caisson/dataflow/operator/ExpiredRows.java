package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.watermark.WatermarkTracker;
import java.util.Arrays;
import java.util.List;

/**
 * Removes rows from an arrangement that begin with a time, page by page, the earliest first. What
 * has been removed is not walked over again: it may lie in stored runs until these are merged. For
 * the thread that steps.
 */
final class ExpiredRows {
  private final Arrangement rows;

  /** Nothing is left before it. */
  private byte[] from = new byte[0];

  /** All that begins with a time up to this one has been removed. */
  private long done = WatermarkTracker.NONE;

  ExpiredRows(Arrangement rows) {
    this.rows = rows;
  }

  /** Removes rows of several arrangements, all in all no more than some. */
  static int remove(List<ExpiredRows> all, long through, int most) {
    int removed = 0;
    for (ExpiredRows rows : all) {
      removed += rows.remove(through, most - removed);
    }
    return removed;
  }

  /**
   * Removes the rows whose time is not after a time.
   *
   * @param most how many rows it may remove
   * @return how many it removed
   */
  int remove(long through, int most) {
    if (through <= done || most <= 0) {
      return 0;
    }
    var end = new RowBuffer();
    end.appendLong(through == Long.MAX_VALUE ? through : through + 1);
    byte[] to = Arrays.copyOf(end.bytes(), end.end());
    var removed = new RowBuffer();
    boolean more;
    try (Snapshot snapshot = rows.snapshot()) {
      Cursor cursor = snapshot.cursor();
      more = cursor.seekRange(from, to);
      for (; more && removed.size() < most; more = cursor.next()) {
        removed.appendEncoded(cursor.bytes(), 0, cursor.length());
        removed.endRow(-cursor.weight());
      }
      from = more ? Arrays.copyOf(cursor.bytes(), cursor.length()) : to;
    }
    if (!more) {
      done = through;
    }
    rows.add(SortedRows.of(removed));
    return removed.size();
  }
}

package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.BackwardCursor;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a partition in which rows have changed, with as many rows around as results see. What
 * lies between two regions is the same before and after the step. Immutable; arrays are not copied.
 *
 * @param partition what its rows begin with
 * @param load from where on rows are needed
 * @param first the first row that has changed
 * @param last the last row that has changed
 */
record OverRegion(byte[] partition, byte[] load, byte[] first, byte[] last) {
  /** All of a partition, of which rows have changed. */
  static OverRegion whole(byte[] partition, SortedRows delta, int from, int to) {
    return new OverRegion(partition, partition, row(delta, from), row(delta, to - 1));
  }

  /**
   * The regions of a partition.
   *
   * @param now goes over the rows as they are after the step
   * @param delta the changed rows, those of the partition from one number to another, exclusive
   * @param apart how many rows are between two regions at least
   */
  static List<OverRegion> of(
      Cursors now, byte[] partition, SortedRows delta, int from, int to, long apart) {
    var regions = new ArrayList<OverRegion>();
    Cursor cursor = now.forward();
    int next = from;
    while (next < to) {
      byte[] first = row(delta, next);
      int last = next++;
      long since = 0;
      boolean more = cursor.seek(first, 0, first.length);
      for (;
          more && since < apart && next < to && begins(cursor, partition);
          more = cursor.next()) {
        while (next < to && compare(delta, next, cursor) <= 0) {
          last = next++;
          since = 0;
        }
        if (compare(delta, last, cursor) < 0) {
          since += Math.max(0, cursor.weight());
        }
      }
      // Behind the last row that is there only rows that went have changed.
      if (since < apart && next < to) {
        last = to - 1;
        next = to;
      }
      regions.add(
          new OverRegion(
              partition, load(now.backward(), partition, first, apart), first, row(delta, last)));
    }
    return regions;
  }

  /**
   * Both ways over the same rows.
   *
   * @param forward to greater ones
   * @param backward to smaller ones
   */
  record Cursors(Cursor forward, BackwardCursor backward) {
    static Cursors of(Snapshot snapshot) {
      return new Cursors(snapshot.cursor(), snapshot.backwardCursor());
    }
  }

  private static byte[] load(BackwardCursor cursor, byte[] partition, byte[] first, long apart) {
    byte[] load = first;
    long rows = 0;
    boolean more = apart > 0 && cursor.seekBefore(first, 0, first.length);
    while (more && rows < apart && begins(cursor.row(), cursor.row().length, partition)) {
      load = cursor.row();
      rows += Math.max(0, cursor.weight());
      more = cursor.previous();
    }
    return load;
  }

  private static byte[] row(SortedRows rows, int row) {
    return Arrays.copyOfRange(rows.bytes(), rows.start(row), rows.end(row));
  }

  private static int compare(SortedRows rows, int row, Cursor cursor) {
    return Arrays.compareUnsigned(
        rows.bytes(), rows.start(row), rows.end(row), cursor.bytes(), 0, cursor.length());
  }

  private static boolean begins(Cursor cursor, byte[] prefix) {
    return begins(cursor.bytes(), cursor.length(), prefix);
  }

  private static boolean begins(byte[] row, int length, byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(row, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Goes to its first row that is there. */
  boolean seek(Cursor cursor) {
    return cursor.seek(load, 0, load.length) && holds(cursor);
  }

  /** Goes on to the next row of its partition. */
  boolean next(Cursor cursor) {
    return cursor.next() && holds(cursor);
  }

  private boolean holds(Cursor cursor) {
    return begins(cursor, partition);
  }

  /** Whether a cursor stands before the first row that has changed. */
  boolean isBefore(Cursor cursor) {
    return Arrays.compareUnsigned(cursor.bytes(), 0, cursor.length(), first, 0, first.length) < 0;
  }

  /** Whether a cursor stands behind the last row that has changed. */
  boolean isBehind(Cursor cursor) {
    return Arrays.compareUnsigned(cursor.bytes(), 0, cursor.length(), last, 0, last.length) > 0;
  }
}

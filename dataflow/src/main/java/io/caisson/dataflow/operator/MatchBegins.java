package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the search begins in partitions of which rows were given up, and when more can be. Two
 * arrangements:
 *
 * <pre>
 *   begins   partition │ rows that are only looked back at │ matches so far │ time, or NULL
 *   times    time │ partition
 * </pre>
 *
 * At that time all rows of the partition stand. For the thread that steps.
 */
final class MatchBegins {
  private final Arrangement begins;
  private final Arrangement times;
  private final RowBuffer beginChanges = new RowBuffer();
  private final RowBuffer timeChanges = new RowBuffer();
  private final RowReader reader = new RowReader();

  MatchBegins(ArrangementOpener opener) {
    begins = opener.open("begins");
    times = opener.open("times");
  }

  /**
   * What is known of a partition.
   *
   * @param lookedBack how many of its rows are only looked back at
   * @param matches how many matches there were before
   * @param time when all its rows stand; {@link #NEVER} where that is not known
   */
  record Begin(int lookedBack, long matches, long time) {
    static final long NEVER = Long.MAX_VALUE;

    /** Of a partition of which nothing was given up. */
    static final Begin FIRST = new Begin(0, 0, NEVER);
  }

  /** What is known of a partition before the changes that are not in the state yet. */
  Begin of(byte[] partition) {
    try (Snapshot snapshot = begins.snapshot()) {
      Cursor cursor = snapshot.cursor();
      boolean found =
          partition.length == 0
              ? cursor.first()
              : cursor.seekPrefix(partition, 0, partition.length);
      if (!found) {
        return Begin.FIRST;
      }
      reader.reset(cursor.bytes(), partition.length);
      int lookedBack = Math.toIntExact(reader.takeLong());
      long matches = reader.takeLong();
      return new Begin(lookedBack, matches, reader.takeNull() ? Begin.NEVER : reader.takeLong());
    }
  }

  /** Notes a change. */
  void change(byte[] partition, Begin before, Begin after) {
    if (!before.equals(after)) {
      append(partition, before, -1);
      append(partition, after, 1);
    }
  }

  private void append(byte[] partition, Begin begin, long weight) {
    if (begin.equals(Begin.FIRST)) {
      return;
    }
    beginChanges.appendEncoded(partition, 0, partition.length);
    beginChanges.appendLong(begin.lookedBack());
    beginChanges.appendLong(begin.matches());
    if (begin.time() == Begin.NEVER) {
      beginChanges.appendNull();
    } else {
      beginChanges.appendLong(begin.time());
      timeChanges.appendLong(begin.time());
      timeChanges.appendEncoded(partition, 0, partition.length);
      timeChanges.endRow(weight);
    }
    beginChanges.endRow(weight);
  }

  /** Brings the changes into the state. */
  void apply() {
    begins.add(SortedRows.of(beginChanges));
    times.add(SortedRows.of(timeChanges));
    beginChanges.clear();
    timeChanges.clear();
  }

  /** Partitions all of whose rows stand by a time, the earliest first. */
  List<byte[]> standing(long through, int most) {
    var end = new RowBuffer();
    end.appendLong(through == Long.MAX_VALUE ? through : through + 1);
    var found = new ArrayList<byte[]>();
    try (Snapshot snapshot = times.snapshot()) {
      Cursor cursor = snapshot.cursor();
      boolean more = cursor.seekRange(new byte[0], Arrays.copyOf(end.bytes(), end.end()));
      for (; more && found.size() < most; more = cursor.next()) {
        reader.reset(cursor.bytes(), 0);
        long unused = reader.takeLong();
        found.add(Arrays.copyOfRange(cursor.bytes(), reader.position(), cursor.length()));
      }
    }
    return found;
  }

  /** Its arrangements. */
  List<Arrangement> state() {
    return List.of(begins, times);
  }
}

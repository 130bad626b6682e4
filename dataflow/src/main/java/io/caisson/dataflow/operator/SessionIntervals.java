package io.caisson.dataflow.operator;

import java.util.Arrays;

/**
 * The sessions of one partition: intervals of time that do not overlap, sorted, as they were before
 * a step and as they are after the rows of the step so far. For the thread that steps.
 */
final class SessionIntervals {
  private long[] starts = new long[4];
  private long[] ends = new long[4];
  private int size;
  private long[] startsBefore = new long[0];
  private long[] endsBefore = new long[0];

  /** Adds a session that there was before the step, behind those added so far. */
  void load(long start, long end) {
    insert(size, start, end);
  }

  /** Says that all sessions that there were before the step are there. */
  void loaded() {
    startsBefore = Arrays.copyOf(starts, size);
    endsBefore = Arrays.copyOf(ends, size);
  }

  /**
   * Adds a row to the session it belongs to, or begins one. A row is too late when it would change
   * a session that has ended by the watermark; and also, when it has not come to lie within a
   * session that is open, when it would have ended by itself.
   *
   * <pre>
   *                 closed        watermark   open
   *   sessions    ├────────┤          │   ├──────────────┤
   *   too late        ├──┤  ├──┤      │
   *   in time                    ├────┼──┤   ├──┤     ├──────┤
   * </pre>
   *
   * @param time the row's time
   * @param end the end of the session that the row would be alone
   * @param watermark the watermark before the row
   * @return false, and nothing has changed, where the row is too late
   */
  boolean add(long time, long end, long watermark) {
    int first = 0;
    while (first < size && ends[first] <= time) {
      first++;
    }
    int behind = first;
    boolean touchesClosed = false;
    while (behind < size && starts[behind] < end) {
      touchesClosed |= ends[behind] <= watermark;
      behind++;
    }
    boolean within = first < behind && starts[first] <= time && ends[first] > watermark;
    if (!within && (end <= watermark || touchesClosed)) {
      return false;
    }
    if (first == behind) {
      insert(first, time, end);
    } else {
      starts[first] = Math.min(starts[first], time);
      ends[first] = Math.max(ends[behind - 1], end);
      remove(first + 1, behind);
    }
    return true;
  }

  private void insert(int at, long start, long end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(ends, at, ends, at + 1, size - at);
    starts[at] = start;
    ends[at] = end;
    size++;
  }

  private void remove(int from, int to) {
    System.arraycopy(starts, to, starts, from, size - to);
    System.arraycopy(ends, to, ends, from, size - to);
    size -= to - from;
  }

  /** How many sessions there are now. */
  int size() {
    return size;
  }

  long start(int session) {
    return starts[session];
  }

  long end(int session) {
    return ends[session];
  }

  /** How many sessions there were before the step. */
  int sizeBefore() {
    return startsBefore.length;
  }

  long startBefore(int session) {
    return startsBefore[session];
  }

  long endBefore(int session) {
    return endsBefore[session];
  }

  /** The session in which a time lies that was added. */
  int find(long time) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Whether a session of before the step is still as it was. */
  boolean stands(int before) {
    int now = find(startsBefore[before]);
    return starts[now] == startsBefore[before] && ends[now] == endsBefore[before];
  }

  /** Whether a session of now was the same before the step. */
  boolean stood(int now) {
    int before = Arrays.binarySearch(startsBefore, starts[now]);
    return before >= 0 && endsBefore[before] == ends[now];
  }
}

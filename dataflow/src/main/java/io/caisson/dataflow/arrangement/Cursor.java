package io.caisson.dataflow.arrangement;

import java.util.Arrays;
import java.util.List;

/**
 * Walks over the rows of a {@link Snapshot} in ascending order, each once with the sum of its
 * weights over all layers and runs; rows whose weights sum to zero are passed over. A heap keeps
 * the source with the smallest current row on top. For one thread; valid until the snapshot is
 * closed.
 */
public final class Cursor {
  private static final byte[] NOTHING = new byte[0];

  private final RowSource[] sources;
  private final RowSource[] heap;
  private int heapSize;
  private boolean bounded;
  private byte[] until = new byte[64];
  private int untilLength;
  private byte[] sought = new byte[64];
  private int soughtLength = -1;
  private byte[] row = new byte[64];

  /** Negative as long as no row was taken since the last seek. */
  private int rowLength = -1;

  private long weight;

  Cursor(List<RowSource> sources) {
    this.sources = sources.toArray(RowSource[]::new);
    this.heap = new RowSource[this.sources.length];
  }

  /** Goes to the first row; false where there is none. */
  public boolean first() {
    bounded = false;
    return position(NOTHING, 0, 0);
  }

  /**
   * Goes to the first row that is not before a key, to go on from there to the end.
   *
   * @return false where there is none
   */
  public boolean seek(byte[] key, int from, int to) {
    bounded = false;
    return position(key, from, to);
  }

  /**
   * Goes to the first row not before one key, to go on up to another one, exclusive.
   *
   * @return false where there is none
   */
  public boolean seekRange(byte[] low, byte[] high) {
    bounded = true;
    setUntil(high, 0, high.length);
    return position(low, 0, low.length);
  }

  /**
   * Goes to the first row that begins with a prefix, to go on as long as rows do.
   *
   * @return false where there is none
   */
  public boolean seekPrefix(byte[] prefix, int from, int to) {
    setUntil(prefix, from, to);
    while (untilLength > 0 && until[untilLength - 1] == (byte) 0xFF) {
      untilLength--;
    }
    bounded = untilLength > 0;
    if (bounded) {
      until[untilLength - 1]++;
    }
    return position(prefix, from, to);
  }

  /** Goes to the next row; false behind the last one. */
  public boolean next() {
    while (heapSize > 0 && !isTopOutside()) {
      takeTop();
      while (heapSize > 0 && isTopCurrent()) {
        weight += heap[0].weight;
        advanceTop();
      }
      if (weight != 0) {
        return true;
      }
    }
    return false;
  }

  /** The array in which the current row lies, from its begin. Not to be changed. */
  public byte[] bytes() {
    return row;
  }

  /** How many bytes the current row has. */
  public int length() {
    return rowLength;
  }

  /** The weight of the current row, never zero. */
  public long weight() {
    return weight;
  }

  private void setUntil(byte[] source, int from, int to) {
    untilLength = to - from;
    if (until.length < untilLength) {
      until = new byte[untilLength * 2];
    }
    System.arraycopy(source, from, until, 0, untilLength);
  }

  private boolean position(byte[] key, int from, int to) {
    boolean forward = isAhead(key, from, to);
    setSought(key, from, to);
    heapSize = 0;
    for (RowSource source : sources) {
      if (source.seek(key, from, to, forward)) {
        heap[heapSize++] = source;
      }
    }
    rowLength = -1;
    for (int i = heapSize / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
    return next();
  }

  /**
   * Whether all rows from the key on still lie before the sources: it is behind the row that was
   * taken last and not before the key sought last. Lookups in ascending order then need not search
   * from the begin.
   */
  private boolean isAhead(byte[] key, int from, int to) {
    return soughtLength >= 0
        && Arrays.compareUnsigned(sought, 0, soughtLength, key, from, to) <= 0
        && (rowLength < 0 || Arrays.compareUnsigned(row, 0, rowLength, key, from, to) < 0);
  }

  private void setSought(byte[] key, int from, int to) {
    soughtLength = to - from;
    if (sought.length < soughtLength) {
      sought = new byte[soughtLength * 2];
    }
    System.arraycopy(key, from, sought, 0, soughtLength);
  }

  private void takeTop() {
    RowSource top = heap[0];
    rowLength = top.end - top.start;
    if (row.length < rowLength) {
      row = new byte[rowLength * 2];
    }
    System.arraycopy(top.bytes, top.start, row, 0, rowLength);
    weight = top.weight;
    advanceTop();
  }

  private boolean isTopOutside() {
    RowSource top = heap[0];
    return bounded
        && Arrays.compareUnsigned(top.bytes, top.start, top.end, until, 0, untilLength) >= 0;
  }

  private boolean isTopCurrent() {
    RowSource top = heap[0];
    return Arrays.equals(top.bytes, top.start, top.end, row, 0, rowLength);
  }

  private void advanceTop() {
    if (!heap[0].advance()) {
      heap[0] = heap[--heapSize];
    }
    siftDown(0);
  }

  private void siftDown(int from) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= heapSize) {
        return;
      }
      if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[at])) {
        return;
      }
      RowSource moved = heap[at];
      heap[at] = heap[child];
      heap[child] = moved;
      at = child;
    }
  }

  private static boolean isBefore(RowSource left, RowSource right) {
    return Arrays.compareUnsigned(
            left.bytes, left.start, left.end, right.bytes, right.start, right.end)
        < 0;
  }
}

package io.caisson.dataflow.arrangement;

import java.util.Arrays;

/**
 * Rows with weights, sorted and consolidated: every row occurs once, no weight is zero. Immutable,
 * so any thread may read it. This is the form of an arrangement's layers in memory, and of the
 * change that a step makes to a result.
 */
public final class SortedRows {
  /** No rows. */
  public static final SortedRows EMPTY = new SortedRows(new byte[0], new int[1], new long[0], 0);

  private final byte[] bytes;
  private final int[] offsets;
  private final long[] weights;
  private final int size;

  private SortedRows(byte[] bytes, int[] offsets, long[] weights, int size) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.weights = weights;
    this.size = size;
  }

  /** Sorts and consolidates rows; the buffer is not kept. */
  public static SortedRows of(RowBuffer rows) {
    if (rows.size() == 0) {
      return EMPTY;
    }
    int[] order = RowSorter.order(rows);
    byte[] source = rows.bytes();
    var target = new Target(rows.end(), rows.size());
    int i = 0;
    while (i < order.length) {
      int start = rows.start(order[i]);
      int end = rows.end(order[i]);
      long weight = rows.weight(order[i]);
      i++;
      while (i < order.length
          && Arrays.equals(source, start, end, source, rows.start(order[i]), rows.end(order[i]))) {
        weight += rows.weight(order[i]);
        i++;
      }
      target.add(source, start, end, weight);
    }
    return target.finish();
  }

  /** Both layers as one. */
  public static SortedRows merge(SortedRows left, SortedRows right) {
    var target = new Target(left.end() + right.end(), left.size + right.size);
    int l = 0;
    int r = 0;
    while (l < left.size && r < right.size) {
      int bound = left.lowerBound(right.bytes, right.start(r), right.end(r), l);
      target.addAll(left, l, bound);
      l = bound;
      if (l < left.size) {
        bound = right.lowerBound(left.bytes, left.start(l), left.end(l), r);
        target.addAll(right, r, bound);
        r = bound;
        if (r < right.size && isSame(left, l, right, r)) {
          target.add(left.bytes, left.start(l), left.end(l), left.weights[l] + right.weights[r]);
          l++;
          r++;
        }
      }
    }
    target.addAll(left, l, left.size);
    target.addAll(right, r, right.size);
    return target.finish();
  }

  private static boolean isSame(SortedRows left, int l, SortedRows right, int r) {
    return Arrays.equals(
        left.bytes, left.start(l), left.end(l), right.bytes, right.start(r), right.end(r));
  }

  /** How many rows. */
  public int size() {
    return size;
  }

  /** Whether there are no rows. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The array in which the encoded rows lie. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a row begins. */
  public int start(int row) {
    return offsets[row];
  }

  /** Where a row ends, exclusive. */
  public int end(int row) {
    return offsets[row + 1];
  }

  /** The weight of a row, never zero. */
  public long weight(int row) {
    return weights[row];
  }

  /** How many bytes of memory it takes, about. */
  public long memoryBytes() {
    return bytes.length + 4L * offsets.length + 8L * weights.length;
  }

  /** How many bytes all encoded rows have. */
  int end() {
    return offsets[size];
  }

  /** The first row at or behind {@code low} that is not before a key; {@link #size} if none is. */
  int lowerBound(byte[] key, int from, int to, int low) {
    int step = 1;
    int known = low - 1;
    int high = low;
    while (high < size && isBefore(high, key, from, to)) {
      known = high;
      high = Math.min(size, high + step);
      step <<= 1;
    }
    while (high - known > 1) {
      int middle = (known + high) >>> 1;
      if (isBefore(middle, key, from, to)) {
        known = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private boolean isBefore(int row, byte[] key, int from, int to) {
    return Arrays.compareUnsigned(bytes, start(row), end(row), key, from, to) < 0;
  }

  /** Collects rows that arrive sorted. */
  private static final class Target {
    private final byte[] bytes;
    private final int[] offsets;
    private final long[] weights;
    private int size;

    Target(int byteCapacity, int rowCapacity) {
      bytes = new byte[byteCapacity];
      offsets = new int[rowCapacity + 1];
      weights = new long[rowCapacity];
    }

    void add(byte[] source, int start, int end, long weight) {
      if (weight != 0) {
        int at = offsets[size];
        System.arraycopy(source, start, bytes, at, end - start);
        weights[size++] = weight;
        offsets[size] = at + end - start;
      }
    }

    void addAll(SortedRows rows, int from, int to) {
      int shift = offsets[size] - rows.start(from);
      System.arraycopy(
          rows.bytes, rows.start(from), bytes, offsets[size], rows.start(to) - rows.start(from));
      System.arraycopy(rows.weights, from, weights, size, to - from);
      for (int i = from; i < to; i++) {
        offsets[++size] = rows.end(i) + shift;
      }
    }

    SortedRows finish() {
      if (size == 0) {
        return EMPTY;
      }
      int used = offsets[size];
      boolean roomy = used < bytes.length / 4 * 3 || size < weights.length / 4 * 3;
      return roomy
          ? new SortedRows(
              Arrays.copyOf(bytes, used),
              Arrays.copyOf(offsets, size + 1),
              Arrays.copyOf(weights, size),
              size)
          : new SortedRows(bytes, offsets, weights, size);
    }
  }
}

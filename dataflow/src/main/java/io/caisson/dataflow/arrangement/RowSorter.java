package io.caisson.dataflow.arrangement;

import java.util.Arrays;

/**
 * Finds the order of encoded rows: a merge sort of their positions, in which the first eight bytes
 * decide most comparisons. Stateless to its callers.
 */
public final class RowSorter {
  private static final int INSERTION_LENGTH = 12;

  private final RowBuffer rows;
  private final byte[] bytes;
  private final long[] prefixes;

  private RowSorter(RowBuffer rows) {
    this.rows = rows;
    this.bytes = rows.bytes();
    this.prefixes = new long[rows.size()];
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] = prefix(rows.start(i), rows.end(i));
    }
  }

  /** The positions of the rows in ascending order of the rows. */
  public static int[] order(RowBuffer rows) {
    int[] order = new int[rows.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    var sorter = new RowSorter(rows);
    if (!sorter.isSorted(order)) {
      sorter.sort(order.clone(), order, 0, order.length);
    }
    return order;
  }

  private long prefix(int start, int end) {
    long prefix = 0;
    int length = Math.min(Long.BYTES, end - start);
    for (int i = 0; i < length; i++) {
      prefix |= (bytes[start + i] & 0xFFL) << (56 - 8 * i);
    }
    return prefix + Long.MIN_VALUE;
  }

  private boolean isSorted(int[] order) {
    for (int i = 1; i < order.length; i++) {
      if (isLess(order[i], order[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private boolean isLess(int left, int right) {
    long a = prefixes[left];
    long b = prefixes[right];
    if (a != b) {
      return a < b;
    }
    return Arrays.compareUnsigned(
            bytes, rows.start(left), rows.end(left), bytes, rows.start(right), rows.end(right))
        < 0;
  }

  /** Sorts a part of {@code target}, of which {@code source} holds a copy that is overwritten. */
  private void sort(int[] source, int[] target, int from, int to) {
    if (to - from <= INSERTION_LENGTH) {
      insertionSort(target, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(target, source, from, middle);
    sort(target, source, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      if (left < middle && (right >= to || !isLess(source[right], source[left]))) {
        target[i] = source[left++];
      } else {
        target[i] = source[right++];
      }
    }
  }

  private void insertionSort(int[] order, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int row = order[i];
      int at = i;
      while (at > from && isLess(row, order[at - 1])) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = row;
    }
  }
}

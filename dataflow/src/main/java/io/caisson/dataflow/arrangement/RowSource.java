package io.caisson.dataflow.arrangement;

import java.util.Arrays;

/**
 * One layer or run under a {@link Cursor}: sorted rows, one of them current. The current row lies
 * in fields, not behind methods, because a cursor compares it many times. For one thread.
 */
abstract sealed class RowSource permits LayerSource, RunSource {
  byte[] bytes = new byte[0];
  int start;
  int end;
  long weight;

  /** Whether the current row exists; the source stands at its end otherwise. */
  boolean present;

  /**
   * Goes to the first row not before a key.
   *
   * @param forward whether that row is known to be the current one or behind it
   * @return {@link #present}
   */
  final boolean seek(byte[] key, int from, int to, boolean forward) {
    if (forward && (!present || Arrays.compareUnsigned(bytes, start, end, key, from, to) >= 0)) {
      return present;
    }
    present = find(key, from, to, forward);
    return present;
  }

  /** Goes to the next row and returns {@link #present}. */
  final boolean advance() {
    present = step();
    return present;
  }

  /** The same as {@link #seek}, when the row is not the current one. */
  abstract boolean find(byte[] key, int from, int to, boolean forward);

  /** Goes to the next row; false behind the last one. */
  abstract boolean step();
}

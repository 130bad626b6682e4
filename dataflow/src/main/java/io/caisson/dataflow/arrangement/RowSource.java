package io.caisson.dataflow.arrangement;

/**
 * One layer or run under a {@link Cursor}: sorted rows, one of them current. The current row lies
 * in fields, not behind methods, because a cursor compares it many times. For one thread.
 */
abstract sealed class RowSource permits LayerSource, RunSource {
  byte[] bytes = new byte[0];
  int start;
  int end;
  long weight;

  /** Goes to the first row not before a key; false where there is none. */
  abstract boolean seek(byte[] key, int from, int to);

  /** Goes to the next row; false behind the last one. */
  abstract boolean advance();
}

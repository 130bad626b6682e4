package io.caisson.engine.subscription;

import io.caisson.column.Columns;
import java.util.Arrays;
import java.util.List;

/**
 * Some of what a version changed, or all of it. The weights are not copied.
 *
 * @param version the version
 * @param rows the rows that came and went
 * @param weights how often each of them came, or went where negative
 * @param snapshot whether the rows were there before, and each comes once
 * @param complete whether this is the last piece of the version
 */
public record ChangePiece(
    long version, Columns rows, long[] weights, boolean snapshot, boolean complete) {
  /** Nothing more of a version. */
  static ChangePiece end(long version) {
    return new ChangePiece(version, new Columns(List.of(), 0), new long[0], false, true);
  }

  /** The same piece as the last one of its version. */
  ChangePiece asLast() {
    return new ChangePiece(version, rows, weights, snapshot, true);
  }

  /** Rows of a snapshot. */
  static ChangePiece ofSnapshot(long version, Columns rows) {
    long[] weights = new long[rows.size()];
    Arrays.fill(weights, 1);
    return new ChangePiece(version, rows, weights, true, false);
  }
}

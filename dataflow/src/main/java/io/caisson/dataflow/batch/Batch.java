package io.caisson.dataflow.batch;

import io.caisson.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A change to a relation: rows with integer weights, +1 for each time a row is added and −1 for
 * each time it is taken back. Immutable; the arrays are not copied and not changed after
 * construction.
 *
 * @param rows the rows
 * @param weights the weight of each row, or null where all are +1
 * @param watermarks for each row the watermark, in microseconds, that its stream had reached
 *     <em>before</em> the row ({@link Long#MIN_VALUE} before any), or null where the stream has no
 *     event time. Lateness is decided by it, so that it depends on the row's place in the stream
 *     and not on how the stream was cut into batches.
 */
public record Batch(Columns rows, long @Nullable [] weights, long @Nullable [] watermarks) {
  /** Rows that are added, without event time. */
  public static Batch insertsOf(Columns rows) {
    return new Batch(rows, null, null);
  }

  /** Other columns of the same rows. */
  public Batch withRows(Columns newRows) {
    return new Batch(newRows, weights, watermarks);
  }

  /** How many rows. */
  public int size() {
    return rows.size();
  }

  /** The weight of a row. */
  public long weight(int row) {
    return weights == null ? 1 : weights[row];
  }
}

package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.type.SqlType;
import java.util.List;

/**
 * What the results of partitions were, taken back, and what they are now: what is the same goes,
 * and the rest is put out. Rows of different partitions are never the same, so that a step which
 * touches many partitions does not have to hold all of their results. For the thread that steps.
 */
final class Difference {
  private static final int LARGE_BYTES = 1 << 20;

  private final RowCodec codec;
  private final RowEmitter emitter;
  private final RowBuffer rows = new RowBuffer();

  /**
   * A difference of nothing yet.
   *
   * @param types types of the rows' columns
   * @param codec how they are encoded
   * @param out takes them
   */
  Difference(List<SqlType> types, RowCodec codec, Output out) {
    this.codec = codec;
    this.emitter = new RowEmitter(types, null, out);
  }

  /** Takes rows of one partition. */
  RowBuffer rows() {
    return rows;
  }

  /** All rows of a partition have come. */
  void endPartition() {
    if (rows.end() >= LARGE_BYTES) {
      putOut();
    }
  }

  /** Puts out what there is. */
  void putOut() {
    SortedRows sorted = SortedRows.of(rows);
    rows.clear();
    emitter.putOut(sorted, codec);
  }
}

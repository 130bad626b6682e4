package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Batch;
import org.jspecify.annotations.Nullable;

/** What several operators do with batches. Stateless. */
final class Batches {
  private Batches() {}

  /** The rows at the given positions, with their weights and watermarks. */
  static Batch gather(Batch batch, int[] rows, int count) {
    return gather(batch, batch.rows(), rows, count);
  }

  /** The same of other columns of the batch's rows. */
  static Batch gather(Batch batch, Columns columns, int[] rows, int count) {
    return new Batch(
        columns.gather(rows, count),
        gather(batch.weights(), rows, count),
        gather(batch.watermarks(), rows, count));
  }

  private static long @Nullable [] gather(long @Nullable [] values, int[] rows, int count) {
    if (values == null) {
      return null;
    }
    long[] gathered = new long[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[rows[i]];
    }
    return gathered;
  }
}

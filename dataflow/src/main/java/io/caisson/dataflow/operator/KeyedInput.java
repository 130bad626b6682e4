package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.List;

/**
 * An input that is kept by key: its rows up to the last step in an arrangement, and what the step
 * has brought so far. For the thread that steps.
 */
final class KeyedInput {
  private final KeyedRowCodec codec;
  private final Arrangement rows;
  private final RowBuffer changes = new RowBuffer();

  KeyedInput(List<SqlType> types, List<Integer> keyColumns, Arrangement rows) {
    this.codec = new KeyedRowCodec(types, keyColumns);
    this.rows = rows;
  }

  KeyedRowCodec codec() {
    return codec;
  }

  Arrangement rows() {
    return rows;
  }

  /**
   * Takes a change.
   *
   * @param withNullKeys whether rows count of whose key a column is NULL
   */
  void add(Batch batch, boolean withNullKeys) {
    KeyedRowCodec.Input input = codec.inputOf(batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      long weight = batch.weight(row);
      if (weight != 0 && (withNullKeys || !input.hasNullKey(row))) {
        codec.encode(input, row, changes);
        changes.endRow(weight);
      }
    }
  }

  /** What the step has brought, sorted; the next step begins. It is not yet among the rows. */
  SortedRows takeChanges() {
    SortedRows sorted = SortedRows.of(changes);
    changes.clear();
    return sorted;
  }

  long memoryBytes() {
    return changes.memoryBytes();
  }
}

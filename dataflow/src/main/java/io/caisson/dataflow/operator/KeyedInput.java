package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;

/**
 * An input that is kept by key: its rows up to the last step in an arrangement, and what the step
 * has brought so far. For the thread that steps.
 */
final class KeyedInput {
  private final KeyedRowCodec codec;
  private final Arrangement rows;
  private final boolean withNullKeys;
  private final RowBuffer changes = new RowBuffer();

  KeyedInput(JoinOperator.Side side, KeyEquality equality, Arrangement rows) {
    this.codec =
        new KeyedRowCodec(side.types(), side.keyColumns(), equality != KeyEquality.IDENTICAL);
    this.withNullKeys = equality.matchesNulls();
    this.rows = rows;
  }

  KeyedRowCodec codec() {
    return codec;
  }

  Arrangement rows() {
    return rows;
  }

  /** Takes a change; rows whose key can have no match are passed over. */
  void add(Batch batch) {
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

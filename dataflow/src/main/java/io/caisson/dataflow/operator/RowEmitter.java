package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows that an operator makes one by one and puts them out in batches of bounded size, so
 * that a step whose output is larger than its input does not hold all of it. For the thread that
 * steps.
 */
final class RowEmitter {
  private static final int BATCH_ROWS = 4_096;

  private final int width;
  private final ColumnsBuilder rows;
  private final @Nullable RowFilter condition;
  private final Output out;
  private long[] weights = new long[64];
  private int size;

  /**
   * An emitter.
   *
   * @param types types of the rows' columns
   * @param condition which rows are put out, or null for all
   * @param out where they go
   */
  RowEmitter(List<SqlType> types, @Nullable RowFilter condition, Output out) {
    this.width = types.size();
    this.rows = new ColumnsBuilder(types);
    this.condition = condition;
    this.out = out;
  }

  /** Where the values of the next row go, before {@link #endRow}. */
  ColumnsBuilder row() {
    return rows;
  }

  /** Completes a row. */
  void endRow(long weight) {
    weights = StepArrays.grown(weights, size + 1);
    weights[size++] = weight;
    if (size == BATCH_ROWS) {
      flush();
    }
  }

  /** Puts out rows that are there already, and all that has been collected. */
  void putOut(SortedRows sorted, RowCodec codec) {
    var reader = new RowReader();
    for (int row = 0; row < sorted.size(); row++) {
      reader.reset(sorted.bytes(), sorted.start(row));
      codec.decode(reader, rows);
      endRow(sorted.weight(row));
    }
    flush();
  }

  /** Puts out what has been collected. */
  void flush() {
    if (size == 0) {
      return;
    }
    Columns built = width == 0 ? new Columns(List.of(), size) : rows.build();
    var batch = new Batch(built, Arrays.copyOf(weights, size), null);
    size = 0;
    if (condition == null) {
      out.emit(batch);
      return;
    }
    int[] selected = new int[batch.size()];
    int count = condition.select(built, selected);
    if (count > 0) {
      out.emit(count == batch.size() ? batch : Batches.gather(batch, selected, count));
    }
  }
}

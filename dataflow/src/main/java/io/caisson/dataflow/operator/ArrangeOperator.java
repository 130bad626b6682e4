package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.List;

/**
 * The end of a circuit: collects the changes of a step and keeps their sum as an arrangement of
 * whole rows, encoded in the order of their columns. For the thread that steps; the arrangement may
 * be read by others.
 */
public final class ArrangeOperator implements Output {
  private static final int LARGE_BYTES = 1 << 21;

  private final RowCodec codec;
  private final Arrangement rows;
  private final RowBuffer changes = new RowBuffer();

  /** What came before and was added up, because it was much: in a step most of it may cancel. */
  private SortedRows added = SortedRows.EMPTY;

  /** Keeps rows of the given types. */
  public ArrangeOperator(List<SqlType> types, Arrangement rows) {
    this.codec = RowCodec.ofRows(types);
    this.rows = rows;
  }

  @Override
  public void emit(Batch batch) {
    Column[] columns = codec.columnsOf(batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      long weight = batch.weight(row);
      if (weight != 0) {
        codec.encode(columns, row, changes);
        changes.endRow(weight);
      }
    }
    if (changes.end() > Math.max(LARGE_BYTES, added.memoryBytes())) {
      addUp();
    }
  }

  private void addUp() {
    SortedRows sorted = SortedRows.of(changes);
    changes.clear();
    added = added.isEmpty() ? sorted : SortedRows.merge(added, sorted);
  }

  /** Adds the step's changes to the arrangement and returns them: sorted, each row once. */
  public SortedRows endStep() {
    addUp();
    SortedRows delta = added;
    added = SortedRows.EMPTY;
    rows.add(delta);
    return delta;
  }

  /** The rows' codec. */
  public RowCodec codec() {
    return codec;
  }

  /** The rows. */
  public Arrangement rows() {
    return rows;
  }

  /** How many bytes it holds during a step, about. */
  public long memoryBytes() {
    return changes.memoryBytes() + added.memoryBytes();
  }
}

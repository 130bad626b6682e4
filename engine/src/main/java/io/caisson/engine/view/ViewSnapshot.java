package io.caisson.engine.view;

import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view's rows and late rows as they were at one frontier. Thread-safe; each iterator is for one
 * thread. To be closed.
 *
 * @param rows the rows
 * @param rowCodec how they are encoded
 * @param late the late rows, or null where the view has no windows
 * @param lateCodec how they are encoded, or null
 */
public record ViewSnapshot(
    Snapshot rows, RowCodec rowCodec, @Nullable Snapshot late, @Nullable RowCodec lateCodec)
    implements AutoCloseable {
  /** The rows, or those whose first columns have the given physical values, in chunks. */
  public Iterator<Columns> scan(List<Object> leading) {
    return new ViewRows(rows, rowCodec, leading);
  }

  /** The late rows, or those whose first columns have the given physical values, in chunks. */
  public Iterator<Columns> scanLate(List<Object> leading) {
    return late == null || lateCodec == null
        ? Collections.emptyIterator()
        : new ViewRows(late, lateCodec, leading);
  }

  @Override
  public void close() {
    rows.close();
    if (late != null) {
      late.close();
    }
  }
}

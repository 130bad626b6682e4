package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ErrorRowsDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A view's rows, late rows and error rows as they were at one frontier. Thread-safe; each iterator
 * is for one thread. To be closed.
 *
 * @param rows the rows
 * @param late the late rows, where the view has windows
 * @param errors the rows that it failed on, where it puts them aside
 */
public record ViewSnapshot(Part rows, Optional<Part> late, Optional<Part> errors)
    implements AutoCloseable {
  /**
   * Rows and how they are encoded.
   *
   * @param snapshot the rows
   * @param codec how they are encoded
   */
  public record Part(Snapshot snapshot, RowCodec codec) {
    /** The rows, or those whose first columns have the given physical values, in chunks. */
    public Iterator<Columns> scan(List<Object> leading) {
      return new ViewRows(snapshot, codec, leading);
    }
  }

  /** The rows of the view or of what belongs to it. */
  public Part of(CatalogObject object) {
    Optional<Part> part = Optional.of(rows);
    if (object instanceof LateRowsDefinition) {
      part = late;
    } else if (object instanceof ErrorRowsDefinition) {
      part = errors;
    }
    return part.orElseThrow(
        () ->
            new CaissonException(SqlState.INTERNAL_ERROR, "no rows of \"" + object.name() + "\""));
  }

  @Override
  public void close() {
    rows.snapshot().close();
    late.ifPresent(part -> part.snapshot().close());
    errors.ifPresent(part -> part.snapshot().close());
  }
}

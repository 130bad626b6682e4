package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ErrorRowsDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRowCodec;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A view's rows, late rows and error rows as they were at one frontier. Thread-safe; each iterator
 * is for one thread. To be closed.
 *
 * @param rows the rows
 * @param late the late rows, where the view has windows
 * @param errors the rows that it failed on, where it puts them aside
 * @param indexes the rows in other orders, by the number of the index
 */
public record ViewSnapshot(
    Part rows, Optional<Part> late, Optional<Part> errors, Map<Integer, Sorted> indexes)
    implements AutoCloseable {
  /**
   * Rows and how they are encoded.
   *
   * @param snapshot the rows
   * @param codec how they are encoded
   */
  public record Part(Snapshot snapshot, RowCodec codec) {
    /** What its rows are sorted by: all of their columns, one after the other. */
    public SortedRowCodec order() {
      List<SortedRowCodec.KeyColumn> key =
          IntStream.range(0, codec.types().size())
              .mapToObj(column -> new SortedRowCodec.KeyColumn(column, false, false))
              .toList();
      return new SortedRowCodec(codec.types(), key);
    }

    /** The rows, or those whose first columns have the given physical values, in chunks. */
    public Iterator<Columns> scan(List<Object> leading) {
      return scan(List.of(order().range(leading, null, null)), Long.MAX_VALUE);
    }

    /**
     * Rows in chunks.
     *
     * @param ranges where they lie, apart from each other and in order
     * @param most how many are wanted
     */
    public Iterator<Columns> scan(List<SortedRowCodec.Range> ranges, long most) {
      return new ViewRows(snapshot.cursor(), codec, bytes -> 0, ranges, most);
    }
  }

  /**
   * Rows in the order of an index.
   *
   * @param snapshot the rows
   * @param codec how they are encoded
   */
  public record Sorted(Snapshot snapshot, SortedRowCodec codec) {
    /**
     * Rows in chunks.
     *
     * @param ranges where they lie, apart from each other and in order
     * @param most how many are wanted
     */
    public Iterator<Columns> scan(List<SortedRowCodec.Range> ranges, long most) {
      return new ViewRows(
          snapshot.cursor(), codec.rows(), bytes -> codec.rowStart(bytes, 0), ranges, most);
    }
  }

  /** Copies the map. */
  public ViewSnapshot {
    indexes = Map.copyOf(indexes);
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
    indexes.values().forEach(index -> index.snapshot().close());
  }
}

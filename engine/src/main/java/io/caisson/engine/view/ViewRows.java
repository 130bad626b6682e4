package io.caisson.engine.view;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.SortedRowCodec;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of an arrangement in columnar chunks, in their order, each as often as its weight says.
 * Only those in some ranges are read. For one thread.
 */
final class ViewRows implements Iterator<Columns> {
  private static final int CHUNK_ROWS = 4096;

  private final RowCodec codec;
  private final RowStart start;
  private final Cursor cursor;
  private final Iterator<SortedRowCodec.Range> ranges;
  private final ColumnsBuilder builder;
  private final RowReader reader = new RowReader();
  private boolean more;
  private long copiesLeft;
  private long wanted;

  /** Says where in an encoded row its columns begin. */
  @FunctionalInterface
  interface RowStart {
    int of(byte[] bytes);
  }

  /**
   * Rows of a snapshot that is open until all of them are read.
   *
   * @param cursor goes over the snapshot
   * @param codec how its rows are encoded
   * @param start where in what the cursor finds they begin
   * @param ranges where they lie, apart from each other and in order
   * @param most how many are wanted
   */
  ViewRows(
      Cursor cursor, RowCodec codec, RowStart start, List<SortedRowCodec.Range> ranges, long most) {
    this.codec = codec;
    this.start = start;
    this.cursor = cursor;
    this.ranges = ranges.iterator();
    builder = new ColumnsBuilder(codec.types());
    wanted = most;
    nextRange();
  }

  private void nextRange() {
    more = false;
    while (!more && ranges.hasNext()) {
      SortedRowCodec.Range range = ranges.next();
      byte[] high = range.high();
      more =
          high == null
              ? cursor.seek(range.low(), 0, range.low().length)
              : cursor.seekRange(range.low(), high);
    }
    startRow();
  }

  private void startRow() {
    if (more) {
      copiesLeft = cursor.weight();
      if (copiesLeft < 0) {
        throw new CaissonException(
            SqlState.INTERNAL_ERROR,
            "a view holds a row " + copiesLeft + " times: it was taken back before it was added");
      }
    }
  }

  private void advance() {
    more = cursor.next();
    if (more) {
      startRow();
    } else {
      nextRange();
    }
  }

  @Override
  public boolean hasNext() {
    return more && wanted > 0;
  }

  @Override
  public Columns next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int rows = 0;
    while (hasNext() && rows < CHUNK_ROWS) {
      reader.reset(cursor.bytes(), start.of(cursor.bytes()));
      codec.decode(reader, builder);
      rows++;
      wanted--;
      if (--copiesLeft == 0) {
        advance();
      }
    }
    return builder.build();
  }
}

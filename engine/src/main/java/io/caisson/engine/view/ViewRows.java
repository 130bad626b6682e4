package io.caisson.engine.view;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of an arrangement in columnar chunks, in their order, each as often as its weight says.
 * Where values of leading columns are known only the rows with them are read. For one thread.
 */
final class ViewRows implements Iterator<Columns> {
  private static final int CHUNK_ROWS = 4096;

  private final RowCodec codec;
  private final Cursor cursor;
  private final ColumnsBuilder builder;
  private final RowReader reader = new RowReader();
  private boolean more;
  private long copiesLeft;

  /**
   * Rows of a snapshot.
   *
   * @param snapshot the snapshot, open until all rows are read
   * @param codec how its rows are encoded
   * @param leading physical values (Long, Double, String) that the first columns equal; may be
   *     empty
   */
  ViewRows(Snapshot snapshot, RowCodec codec, List<Object> leading) {
    this.codec = codec;
    cursor = snapshot.cursor();
    builder = new ColumnsBuilder(codec.types());
    var prefix = new RowBuffer();
    leading.forEach(value -> append(prefix, value));
    more = leading.isEmpty() ? cursor.first() : cursor.seekPrefix(prefix.bytes(), 0, prefix.end());
    startRow();
  }

  private static void append(RowBuffer prefix, Object value) {
    if (value instanceof Long number) {
      prefix.appendLong(number);
    } else if (value instanceof Double number) {
      prefix.appendDouble(number);
    } else {
      byte[] text = value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      prefix.appendBytes(text, 0, text.length);
    }
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

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public Columns next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    int rows = 0;
    while (more && rows < CHUNK_ROWS) {
      reader.reset(cursor.bytes(), 0);
      codec.decode(reader, builder);
      rows++;
      if (--copiesLeft == 0) {
        more = cursor.next();
        startRow();
      }
    }
    return builder.build();
  }
}

package io.caisson.engine.session;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.engine.row.ValueWriter;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a statement on their way into a transaction, not more of them than one takes. For one
 * thread.
 */
final class RowBuffer {
  /** What a transaction of the store takes at most, in bytes. */
  static final long MOST_BYTES = 10_000_000;

  private static final int CHECK_EVERY = 64;

  private final List<SqlType> types;
  private final ColumnsBuilder columns;
  private int size;

  RowBuffer(List<ColumnDefinition> columns) {
    this.types = columns.stream().map(ColumnDefinition::type).toList();
    this.columns = new ColumnsBuilder(types);
  }

  int size() {
    return size;
  }

  long byteSize() {
    return columns.byteSize();
  }

  /** Adds a row: values of the API, of which those from {@code first} on count. */
  void add(@Nullable Object[] values, int first) {
    for (int i = 0; i < types.size(); i++) {
      ValueWriter.add(columns.column(i), types.get(i), values[first + i]);
    }
    if (++size % CHECK_EVERY == 0 && columns.byteSize() > MOST_BYTES) {
      throw tooLarge();
    }
  }

  static CaissonException tooLarge() {
    return new CaissonException(
            SqlState.TRANSACTION_TOO_LARGE,
            "the statement changes more than the "
                + MOST_BYTES / 1_000_000
                + " MB that a transaction may")
        .withHint(
            "Change fewer rows at a time, or SET statement_chunks = on to let it run in several"
                + " transactions.");
  }

  /** All rows; the buffer is empty afterwards. */
  Columns build() {
    var built = new Columns(columns.build().columns(), size);
    size = 0;
    return built;
  }
}

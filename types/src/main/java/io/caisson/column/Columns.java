package io.caisson.column;

import java.util.List;

/**
 * Rows in columnar form: columns of one length. Immutable.
 *
 * @param columns the columns, each with {@code size} rows
 * @param size how many rows
 */
public record Columns(List<Column> columns, int size) {
  /** Checks that all columns have the same number of rows. */
  public Columns {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.size() != size) {
        throw new IllegalArgumentException("a column of " + column.size() + " rows among " + size);
      }
    }
  }

  /** The column at a position. */
  public Column column(int index) {
    return columns.get(index);
  }

  /** The rows at the given positions, in their order; {@code count} of them count. */
  public Columns gather(int[] rows, int count) {
    return new Columns(columns.stream().map(c -> c.gather(rows, count)).toList(), count);
  }
}

package io.caisson.column;

import io.caisson.type.SqlType;
import java.util.List;

/** Collects rows column by column. For one thread. Every row adds one value to each column. */
public final class ColumnsBuilder {
  private final List<ColumnBuilder> columns;

  /** A builder for rows of the given types. */
  public ColumnsBuilder(List<SqlType> types) {
    columns = types.stream().map(type -> new ColumnBuilder(type.physical())).toList();
  }

  /** The builder of one column. */
  public ColumnBuilder column(int index) {
    return columns.get(index);
  }

  /** How many columns. */
  public int width() {
    return columns.size();
  }

  /** How many rows are complete. */
  public int size() {
    return columns.isEmpty() ? 0 : columns.get(columns.size() - 1).size();
  }

  /** How many bytes the collected values take, about. */
  public long byteSize() {
    long bytes = 0;
    for (ColumnBuilder column : columns) {
      bytes += column.byteSize();
    }
    return bytes;
  }

  /** All rows since the last call; the builder is empty afterwards. */
  public Columns build() {
    int size = size();
    return new Columns(columns.stream().map(ColumnBuilder::build).toList(), size);
  }
}

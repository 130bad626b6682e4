package io.caisson.catalog;

import java.util.List;

/**
 * A materialized view.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns
 * @param lateColumns the columns of its late rows; empty where the view has no window and so no row
 *     can be late
 * @param query the text of its defining query
 * @param inputs the ids of the objects it reads
 */
public record ViewDefinition(
    long id,
    String name,
    List<ColumnDefinition> columns,
    List<ColumnDefinition> lateColumns,
    String query,
    List<Long> inputs)
    implements CatalogObject {
  /** Copies the lists. */
  public ViewDefinition {
    columns = List.copyOf(columns);
    lateColumns = List.copyOf(lateColumns);
    inputs = List.copyOf(inputs);
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public ViewDefinition withId(long newId) {
    return new ViewDefinition(newId, name, columns, lateColumns, query, inputs);
  }

  @Override
  public List<Long> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    return "MATERIALIZED VIEW";
  }
}

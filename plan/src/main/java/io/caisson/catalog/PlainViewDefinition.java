package io.caisson.catalog;

import java.util.List;

/**
 * A view that is not materialized: its query stands for it wherever it is named.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns
 * @param query the text of its defining query
 * @param inputs the ids of the objects it reads
 */
public record PlainViewDefinition(
    long id, String name, List<ColumnDefinition> columns, String query, List<Long> inputs)
    implements CatalogObject {
  /** Copies the lists. */
  public PlainViewDefinition {
    columns = List.copyOf(columns);
    inputs = List.copyOf(inputs);
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public PlainViewDefinition withId(long newId) {
    return new PlainViewDefinition(newId, name, columns, query, inputs);
  }

  @Override
  public List<Long> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    return "VIEW";
  }
}

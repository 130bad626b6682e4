package io.caisson.catalog;

import java.util.List;

/**
 * A table with a primary key.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns
 * @param primaryKey positions of the key's columns, in key order, at least one; they are NOT NULL
 */
public record TableDefinition(
    long id, String name, List<ColumnDefinition> columns, List<Integer> primaryKey)
    implements CatalogObject {
  /** Copies the lists and checks the key. */
  public TableDefinition {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    if (primaryKey.isEmpty()) {
      throw new IllegalArgumentException("a table needs a primary key");
    }
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public TableDefinition withId(long newId) {
    return new TableDefinition(newId, name, columns, primaryKey);
  }

  @Override
  public String kind() {
    return "TABLE";
  }
}

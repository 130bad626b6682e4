package io.caisson.catalog;

import java.util.List;

/**
 * A table without a schema: records of named fields, each with a record type.
 *
 * @param id its number
 * @param name its name
 */
public record RecordTableDefinition(long id, String name) implements CatalogObject {
  @Override
  public List<ColumnDefinition> columns() {
    return List.of();
  }

  @Override
  public String kind() {
    return "RECORD TABLE";
  }
}

package io.caisson.catalog;

import java.util.List;

/**
 * A table of {@code information_schema} or {@code caisson_catalog}. It is not stored.
 *
 * @param schema the schema that it is in
 * @param table its name there
 * @param columns its columns
 */
public record SystemTableDefinition(String schema, String table, List<ColumnDefinition> columns)
    implements CatalogObject {
  /** Copies the columns. */
  public SystemTableDefinition {
    columns = List.copyOf(columns);
  }

  @Override
  public long id() {
    return 0;
  }

  @Override
  public String name() {
    return schema + "." + table;
  }

  @Override
  public String kind() {
    return "SYSTEM TABLE";
  }
}

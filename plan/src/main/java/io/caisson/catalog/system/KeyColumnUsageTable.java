package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.key_column_usage}: the columns of primary keys. Stateless. */
final class KeyColumnUsageTable implements SystemTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "key_column_usage";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("constraint_catalog"),
        SystemTable.text("constraint_schema"),
        SystemTable.text("constraint_name"),
        SystemTable.text("table_catalog"),
        SystemTable.text("table_schema"),
        SystemTable.text("table_name"),
        SystemTable.text("column_name"),
        SystemTable.number("ordinal_position"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      if (object instanceof TableDefinition table) {
        for (int i = 0; i < table.primaryKey().size(); i++) {
          rows.add(
              new Object[] {
                "caisson",
                SystemTables.PUBLIC,
                primaryKey(table),
                "caisson",
                SystemTables.PUBLIC,
                table.name(),
                table.columns().get(table.primaryKey().get(i)).name(),
                i + 1L
              });
        }
      }
    }
    return rows;
  }

  /** The name of a table's primary key. */
  static String primaryKey(TableDefinition table) {
    return table.name() + "_pkey";
  }
}

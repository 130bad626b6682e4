package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.table_constraints}: the primary keys of tables. Stateless. */
final class TableConstraintsTable implements SystemTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "table_constraints";
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
        SystemTable.text("constraint_type"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      if (object instanceof TableDefinition table) {
        rows.add(
            new Object[] {
              "caisson",
              SystemTables.PUBLIC,
              KeyColumnUsageTable.primaryKey(table),
              "caisson",
              SystemTables.PUBLIC,
              table.name(),
              "PRIMARY KEY"
            });
      }
    }
    return rows;
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.tables}: everything that a query can read. Stateless. */
final class TablesTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("table_catalog"),
        SystemTable.text("table_schema"),
        SystemTable.text("table_name"),
        SystemTable.text("table_type"),
        SystemTable.text("is_insertable_into"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : Relations.of(catalog)) {
      rows.add(
          new Object[] {
            "caisson",
            SystemTables.PUBLIC,
            object.name(),
            Relations.type(object),
            Relations.yesOrNo(Relations.isInsertable(object))
          });
    }
    for (SystemTable table : SystemTables.all()) {
      rows.add(new Object[] {"caisson", table.schema(), table.name(), "SYSTEM TABLE", "NO"});
    }
    return rows;
  }
}

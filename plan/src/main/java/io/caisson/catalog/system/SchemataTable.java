package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.schemata}: the schemas. Stateless. */
final class SchemataTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "schemata";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("catalog_name"),
        SystemTable.text("schema_name"),
        SystemTable.text("schema_owner"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (String schema :
        List.of(
            SystemTables.CAISSON_CATALOG, SystemTables.INFORMATION_SCHEMA, SystemTables.PUBLIC)) {
      rows.add(new Object[] {"caisson", schema, "caisson"});
    }
    return rows;
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.PlainViewDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.views}: the views that are queries. Stateless. */
final class ViewsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "views";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("table_catalog"),
        SystemTable.text("table_schema"),
        SystemTable.text("table_name"),
        SystemTable.text("view_definition"),
        SystemTable.text("check_option"),
        SystemTable.text("is_updatable"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      if (object instanceof PlainViewDefinition view) {
        rows.add(
            new Object[] {"caisson", SystemTables.PUBLIC, view.name(), view.query(), "NONE", "NO"});
      }
    }
    return rows;
  }
}

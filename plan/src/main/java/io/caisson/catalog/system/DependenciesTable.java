package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code caisson_catalog.dependencies}: which object reads which. Stateless. */
final class DependenciesTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "dependencies";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(SystemTable.text("reader"), SystemTable.text("reads"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject reader : catalog.objects().values()) {
      for (CatalogObject read : catalog.objects().values()) {
        if (reader.reads().contains(read.id())) {
          rows.add(new Object[] {reader.name(), read.name()});
        }
      }
    }
    return rows;
  }
}

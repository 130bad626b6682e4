package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code caisson_catalog.objects}: all objects of the database, by their numbers. Stateless. */
final class ObjectsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "objects";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.number("id"),
        SystemTable.text("name"),
        SystemTable.text("kind"),
        SystemTable.text("query"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      rows.add(new Object[] {object.id(), object.name(), object.kind(), query(object)});
    }
    return rows;
  }

  private static @Nullable String query(CatalogObject object) {
    if (object instanceof ViewDefinition view) {
      return view.query();
    }
    return object instanceof PlainViewDefinition view ? view.query() : null;
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code caisson_catalog.materialized_views}: the views that are kept, and how they are doing.
 * Stateless.
 */
final class MaterializedViewsTable implements SystemTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "materialized_views";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("view_name"),
        SystemTable.text("state"),
        SystemTable.number("percent_complete"),
        SystemTable.number("rows_read"),
        SystemTable.number("row_count"),
        SystemTable.number("state_bytes"),
        SystemTable.number("lag_ms"),
        SystemTable.text("error"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog, LiveState live) {
    return live.views().stream().map(MaterializedViewsTable::row).toList();
  }

  private static @Nullable Object[] row(ViewStatus view) {
    return new Object[] {
      view.name(),
      view.state().name().toLowerCase(Locale.ROOT),
      view.percentComplete(),
      view.rowsRead(),
      view.rows(),
      view.stateBytes(),
      view.lagMillis(),
      view.error()
    };
  }
}

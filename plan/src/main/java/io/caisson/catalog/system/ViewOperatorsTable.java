package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code caisson_catalog.materialized_view_operators}: what the operators of views have done.
 * Stateless.
 */
final class ViewOperatorsTable implements SystemTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "materialized_view_operators";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("view_name"),
        SystemTable.number("position"),
        SystemTable.text("operator"),
        SystemTable.number("rows_in"),
        SystemTable.number("rows_out"),
        SystemTable.number("time_us"),
        SystemTable.number("state_rows"),
        SystemTable.number("state_bytes"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog, LiveState live) {
    return live.operators().stream().map(ViewOperatorsTable::row).toList();
  }

  private static @Nullable Object[] row(OperatorStatus operator) {
    return new Object[] {
      operator.view(),
      operator.position(),
      operator.operator(),
      operator.rowsIn(),
      operator.rowsOut(),
      operator.micros(),
      operator.stateRows(),
      operator.stateBytes()
    };
  }
}

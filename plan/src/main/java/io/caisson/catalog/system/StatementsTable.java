package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code caisson_catalog.statements}: the statements of this process that run in several
 * transactions, and how far they are. Stateless.
 */
final class StatementsTable implements SystemTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "statements";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("command"),
        SystemTable.text("object_name"),
        SystemTable.number("rows_done"),
        SystemTable.number("transactions"),
        SystemTable.number("elapsed_ms"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog, LiveState live) {
    return live.statements().stream()
        .map(
            s ->
                new @Nullable Object[] {
                  s.command(), s.object(), s.rows(), s.transactions(), s.millis()
                })
        .toList();
  }
}

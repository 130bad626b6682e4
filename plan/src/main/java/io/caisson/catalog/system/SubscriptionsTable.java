package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code caisson_catalog.subscriptions}: how each subscription is doing. Stateless. */
final class SubscriptionsTable implements SystemTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("name"),
        SystemTable.text("source"),
        SystemTable.text("state"),
        SystemTable.text("acknowledged"),
        SystemTable.number("lag_ms"),
        SystemTable.number("lag_bytes"),
        SystemTable.number("retention_ms"),
        SystemTable.number("retention_bytes"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog, LiveState live) {
    return live.subscriptions().stream()
        .map(
            s ->
                new @Nullable Object[] {
                  s.name(),
                  s.source(),
                  s.state().name().toLowerCase(Locale.ROOT),
                  s.acknowledged(),
                  s.lagMillis(),
                  s.lagBytes(),
                  s.retentionMillis(),
                  s.retentionBytes()
                })
        .toList();
  }
}

package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.system.LiveState;
import io.caisson.catalog.system.ViewStatus;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SHOW VIEWS: the views there are, and how the materialized ones are doing, as {@code
 * caisson_catalog.materialized_views} says it. Plain views do nothing. Stateless.
 */
final class ShownViews {
  private ShownViews() {}

  static Result of(Catalog catalog, LiveState live) {
    var statuses = new HashMap<String, ViewStatus>();
    live.views().forEach(status -> statuses.put(status.name(), status));
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      boolean view = object instanceof ViewDefinition || object instanceof PlainViewDefinition;
      if (view && !PassingView.isOne(object)) {
        rows.add(row(object, statuses.get(object.name())));
      }
    }
    return RowResult.of(
        "SHOW",
        List.of(
            column("name", TypeKind.TEXT, false),
            column("kind", TypeKind.TEXT, false),
            column("state", TypeKind.TEXT, true),
            column("row_count", TypeKind.BIGINT, true),
            column("lag_ms", TypeKind.BIGINT, true),
            column("error", TypeKind.TEXT, true)),
        rows);
  }

  private static ResultColumn column(String name, TypeKind kind, boolean nullable) {
    return new ResultColumn(name, SqlType.of(kind).withNullable(nullable));
  }

  private static @Nullable Object[] row(CatalogObject view, @Nullable ViewStatus status) {
    return status == null
        ? new Object[] {view.name(), view.kind(), null, null, null, null}
        : new Object[] {
          view.name(),
          view.kind(),
          status.state().name().toLowerCase(Locale.ROOT),
          status.rows(),
          status.lagMillis(),
          status.error()
        };
  }
}

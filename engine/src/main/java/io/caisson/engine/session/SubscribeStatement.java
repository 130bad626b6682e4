package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.column.Columns;
import io.caisson.engine.schedule.Maintenance;
import io.caisson.engine.view.ViewSnapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** SUBSCRIBE: a snapshot of a view and every change after it. */
final class SubscribeStatement {
  private final SessionServices services;
  private final Cancellation cancellation;

  SubscribeStatement(SessionServices services, Cancellation cancellation) {
    this.services = services;
    this.cancellation = cancellation;
  }

  /** A view as it was when the feed began. */
  private record Start(ViewSnapshot snapshot, long version, ChangeFeed feed) {}

  Result subscribe(Statement.Subscribe statement) {
    CatalogObject object = statement.target();
    if (!(object instanceof ViewPart) && !(object instanceof ViewDefinition)) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + object.name() + "\" is a " + object.kind() + ": only views can be followed")
          .withHint(
              "create a materialized view over it: CREATE MATERIALIZED VIEW v AS SELECT * FROM "
                  + object.name());
    }
    Maintenance maintenance = services.views().maintenance();
    long version = services.runner().read(transaction -> transaction.getReadVersion().join());
    Start start =
        maintenance.follow(
            object.id(),
            version,
            cancellation,
            view -> {
              var feed = new ChangeFeed();
              view.addListener(feed);
              return new Start(view.snapshot(), view.frontier(), feed);
            });
    var rows = rows(statement, start);
    return new RowResult(
        "SUBSCRIBE",
        columns(object.columns(), statement.progress()),
        rows,
        () -> {
          maintenance.unfollow(object.id(), start.feed());
          start.snapshot().close();
        });
  }

  private SubscribedRows rows(Statement.Subscribe statement, Start start) {
    CatalogObject object = statement.target();
    ViewSnapshot.Part part = start.snapshot().of(object);
    Iterator<Columns> first =
        statement.snapshot() ? part.scan(List.of()) : Collections.emptyIterator();
    var target = new SubscribedRows.Target(object, part.codec(), statement.progress());
    return new SubscribedRows(target, first, start.version(), start.feed(), cancellation);
  }

  private static List<ResultColumn> columns(List<ColumnDefinition> viewColumns, boolean progress) {
    var columns = new ArrayList<ResultColumn>();
    SqlType bigint = SqlType.of(TypeKind.BIGINT);
    columns.add(new ResultColumn("caisson_version", bigint.withNullable(false)));
    columns.add(new ResultColumn("caisson_weight", bigint));
    if (progress) {
      columns.add(
          new ResultColumn("caisson_progressed", SqlType.of(TypeKind.BOOLEAN).withNullable(false)));
    }
    viewColumns.forEach(column -> columns.add(new ResultColumn(column.name(), column.type())));
    return columns;
  }
}

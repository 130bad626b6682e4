package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.schedule.ViewControl;
import io.caisson.sql.Statement;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW: what there is. For one thread. */
final class ShowStatements {
  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT).withNullable(false);
  private static final SqlType BOOLEAN = SqlType.of(TypeKind.BOOLEAN).withNullable(false);

  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;

  ShowStatements(SessionServices services, SessionSettings settings, Catalog catalog) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
  }

  Result show(Statement.Show show) {
    return switch (show.what()) {
      case STREAMS -> names(List.of(StreamDefinition.class));
      case TABLES -> names(List.of(TableDefinition.class));
      case COLLECTIONS -> names(List.of(CollectionDefinition.class));
      case BUCKETS -> names(List.of(BucketDefinition.class));
      case VIEWS -> ShownViews.of(catalog, services.stores().live());
      case SUBSCRIPTIONS -> names(List.of(SubscriptionDefinition.class));
      case ALL -> all();
      case COLUMNS -> columns(required(show.object()));
      case INDEXES -> indexes(show.object());
      case CREATE -> create(required(show.object()));
      case OPTION -> option(required(show.name()));
    };
  }

  private static <T> T required(@Nullable T part) {
    return java.util.Objects.requireNonNull(part, "SHOW without what to show");
  }

  private Result names(List<Class<? extends CatalogObject>> kinds) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      if (!PassingView.isOne(object) && kinds.stream().anyMatch(kind -> kind.isInstance(object))) {
        rows.add(new Object[] {object.name()});
      }
    }
    return RowResult.of("SHOW", List.of(new ResultColumn("name", TEXT)), rows);
  }

  private Result all() {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      if (PassingView.isOne(object)) {
        continue;
      }
      rows.add(new Object[] {object.name(), object.kind()});
      if (object instanceof ViewDefinition view) {
        view.parts().forEach(part -> rows.add(new Object[] {part.name(), part.kind()}));
      }
    }
    return RowResult.of(
        "SHOW", List.of(new ResultColumn("name", TEXT), new ResultColumn("kind", TEXT)), rows);
  }

  private Result columns(CatalogObject object) {
    List<Integer> key = primaryKey(object);
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < object.columns().size(); i++) {
      ColumnDefinition column = object.columns().get(i);
      if (column.hidden()) {
        continue;
      }
      rows.add(
          new Object[] {
            column.name(), column.type().sql(), column.type().nullable(), key.contains(i)
          });
    }
    return RowResult.of(
        "SHOW",
        List.of(
            new ResultColumn("name", TEXT),
            new ResultColumn("type", TEXT),
            new ResultColumn("nullable", BOOLEAN),
            new ResultColumn("primary_key", BOOLEAN)),
        rows);
  }

  private Result indexes(@Nullable CatalogObject object) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject candidate : catalog.objects().values()) {
      if (candidate instanceof IndexedRelation indexed
          && !(candidate instanceof ViewDefinition view && view.replacement())
          && (object == null || object.equals(candidate))) {
        TableDefinition table = indexed.asTable();
        for (IndexDefinition index : table.indexes()) {
          rows.add(
              new Object[] {
                index.name(),
                table.name(),
                TableText.keys(table, index),
                index.unique(),
                state(indexed, index)
              });
        }
      }
      if (candidate instanceof CollectionDefinition collection
          && (object == null || object.equals(candidate))) {
        for (DocumentIndex index : collection.pathIndexes()) {
          rows.add(
              new Object[] {
                index.name(),
                collection.name(),
                index.path(),
                false,
                index.readable() ? "readable" : "building"
              });
        }
      }
    }
    return RowResult.of(
        "SHOW",
        List.of(
            new ResultColumn("name", TEXT),
            new ResultColumn("table", TEXT),
            new ResultColumn("keys", TEXT),
            new ResultColumn("unique", BOOLEAN),
            new ResultColumn("state", TEXT)),
        rows);
  }

  private String state(IndexedRelation indexed, IndexDefinition index) {
    if (index.readable()) {
      return "readable";
    }
    if (indexed instanceof ViewDefinition view) {
      ViewControl control = services.views().maintenance().control();
      long entered = control.rowsOfIndex(view.id(), index.id());
      return "building, " + entered + " of " + control.report(view.id()).rows() + " rows";
    }
    TableDefinition table = indexed.asTable();
    return services
        .runner()
        .read(
            transaction -> {
              long rows = services.stores().statistics().read(transaction, table.id()).rows();
              long entered =
                  services.tableWork().progress().progress(transaction, table, index).rows();
              return "building, " + entered + " of " + rows + " rows";
            });
  }

  private static List<Integer> primaryKey(CatalogObject object) {
    if (object instanceof TableDefinition table) {
      return table.primaryKey();
    }
    boolean keyed =
        object instanceof CollectionDefinition
            || object instanceof BucketDefinition
            || object instanceof RecordTableDefinition;
    return keyed ? List.of(0) : List.of();
  }

  private Result create(CatalogObject object) {
    return RowResult.of(
        "SHOW",
        List.of(new ResultColumn("name", TEXT), new ResultColumn("statement", TEXT)),
        List.<@Nullable Object[]>of(
            new Object[] {
              object.name(),
              DefinitionText.of(object, catalog) + CommentText.of(object, catalog.comments())
            }));
  }

  private Result option(String name) {
    return RowResult.of(
        "SHOW",
        List.of(new ResultColumn(name, TEXT)),
        List.<@Nullable Object[]>of(new Object[] {settings.get(name)}));
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.Comments;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code caisson_catalog.comments}: what COMMENT ON has noted. Stateless. */
final class CommentsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "comments";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("object_name"),
        SystemTable.text("object_kind"),
        SystemTable.text("column_name"),
        SystemTable.text("index_name"),
        SystemTable.text("comment"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (var comment : catalog.comments().texts().entrySet()) {
      Comments.Place place = comment.getKey();
      catalog
          .find(place.object())
          .ifPresent(object -> rows.add(row(object, place, comment.getValue())));
    }
    return rows;
  }

  private static @Nullable Object[] row(CatalogObject object, Comments.Place place, String text) {
    return new Object[] {
      object.name(),
      object.kind(),
      place.part() == Comments.Part.COLUMN ? column(object, place.number()) : null,
      place.part() == Comments.Part.INDEX ? index(object, place.number()) : null,
      text
    };
  }

  private static @Nullable String column(CatalogObject object, int number) {
    if (object instanceof TableDefinition table) {
      return table.columnOf(number).name();
    }
    return number < object.columns().size() ? object.columns().get(number).name() : null;
  }

  private static @Nullable String index(CatalogObject object, int number) {
    return object instanceof IndexedRelation indexed
        ? indexed.index(number).map(IndexDefinition::name).orElse(null)
        : null;
  }
}

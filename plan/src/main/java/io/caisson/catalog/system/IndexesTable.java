package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexDefinition.ExpressionKey;
import io.caisson.catalog.IndexDefinition.IndexKey;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code caisson_catalog.indexes}: the indexes of tables, their primary keys included, of
 * collections, those on paths included, and of materialized views. Stateless.
 */
final class IndexesTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "indexes";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("table_name"),
        SystemTable.text("index_name"),
        SystemTable.text("keys"),
        SystemTable.text("included"),
        SystemTable.text("is_unique"),
        SystemTable.text("is_primary"),
        SystemTable.text("state"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : catalog.objects().values()) {
      if (object instanceof TableDefinition table) {
        if (!table.keyHidden()) {
          rows.add(
              new Object[] {
                table.name(),
                table.primaryKeyName(),
                names(table, table.primaryKeyIds()),
                "",
                "YES",
                "YES",
                "readable"
              });
        }
        table.indexes().forEach(index -> rows.add(row(table, index)));
      } else if (object instanceof CollectionDefinition collection) {
        add(collection, rows);
      } else if (object instanceof ViewDefinition view && !view.replacement()) {
        TableDefinition table = view.asTable();
        view.indexes().forEach(index -> rows.add(row(table, index)));
      }
    }
    return rows;
  }

  private static void add(CollectionDefinition collection, List<@Nullable Object[]> rows) {
    TableDefinition table = collection.asTable();
    table.indexes().forEach(index -> rows.add(row(table, index)));
    for (DocumentIndex index : collection.pathIndexes()) {
      rows.add(
          new Object[] {
            collection.name(), index.name(), index.path(), "", "NO", "NO", state(index.readable())
          });
    }
  }

  private static String state(boolean readable) {
    return readable ? "readable" : "building";
  }

  private static @Nullable Object[] row(TableDefinition table, IndexDefinition index) {
    return new Object[] {
      table.name(),
      index.name(),
      index.keys().stream().map(key -> key(table, key)).collect(Collectors.joining(", ")),
      names(table, index.included()),
      Relations.yesOrNo(index.unique()),
      "NO",
      state(index.readable())
    };
  }

  private static String names(TableDefinition table, List<Integer> ids) {
    return ids.stream().map(id -> table.columnOf(id).name()).collect(Collectors.joining(", "));
  }

  private static String key(TableDefinition table, IndexKey key) {
    String value =
        key instanceof ExpressionKey expression
            ? "(" + expression.expression() + ")"
            : table.columnOf(key.column().orElseThrow()).name();
    String order = key.descending() ? value + " DESC" : value;
    return key.nullsFirst() == key.descending()
        ? order
        : order + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code information_schema.columns}: the columns of everything that a query can read. Stateless.
 */
final class ColumnsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("table_catalog"),
        SystemTable.text("table_schema"),
        SystemTable.text("table_name"),
        SystemTable.text("column_name"),
        SystemTable.number("ordinal_position"),
        SystemTable.text("is_nullable"),
        SystemTable.text("data_type"),
        SystemTable.number("character_maximum_length"),
        SystemTable.number("numeric_precision"),
        SystemTable.number("numeric_scale"),
        SystemTable.number("datetime_precision"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (CatalogObject object : Relations.of(catalog)) {
      add(SystemTables.PUBLIC, object.name(), object.columns(), rows);
    }
    for (SystemTable table : SystemTables.all()) {
      add(table.schema(), table.name(), table.columns(), rows);
    }
    return rows;
  }

  private static void add(
      String schema, String table, List<ColumnDefinition> columns, List<@Nullable Object[]> rows) {
    for (int i = 0; i < columns.size(); i++) {
      ColumnDefinition column = columns.get(i);
      SqlType type = column.type();
      boolean timed = type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.TIME;
      rows.add(
          new Object[] {
            "caisson",
            schema,
            table,
            column.name(),
            i + 1L,
            Relations.yesOrNo(type.nullable()),
            typeName(type),
            precision(type, type.kind() == TypeKind.TEXT),
            precision(type, type.kind() == TypeKind.NUMERIC),
            type.kind() == TypeKind.NUMERIC ? Long.valueOf(type.scale()) : null,
            precision(type, timed)
          });
    }
  }

  private static @Nullable Long precision(SqlType type, boolean applies) {
    return applies && type.precision() >= 0 ? Long.valueOf(type.precision()) : null;
  }

  private static String typeName(SqlType type) {
    if (type.kind() == TypeKind.ARRAY) {
      return TypeKind.ARRAY.sql();
    }
    return type.kind() == TypeKind.TEXT && type.precision() >= 0
        ? "character varying"
        : type.kind().sql().toLowerCase(Locale.ROOT);
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.system.Constraints.Constraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.key_column_usage}: the columns of keys. Stateless. */
final class KeyColumnUsageTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "key_column_usage";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("constraint_catalog"),
        SystemTable.text("constraint_schema"),
        SystemTable.text("constraint_name"),
        SystemTable.text("table_catalog"),
        SystemTable.text("table_schema"),
        SystemTable.text("table_name"),
        SystemTable.text("column_name"),
        SystemTable.number("ordinal_position"),
        SystemTable.number("position_in_unique_constraint"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Constraint constraint : Constraints.of(catalog)) {
      for (int i = 0; constraint.isKey() && i < constraint.columns().size(); i++) {
        rows.add(
            new Object[] {
              "caisson",
              SystemTables.PUBLIC,
              constraint.name(),
              "caisson",
              SystemTables.PUBLIC,
              constraint.table().name(),
              constraint.table().columnOf(constraint.columns().get(i)).name(),
              i + 1L,
              positionInKey(constraint, i, catalog)
            });
      }
    }
    return rows;
  }

  /** Which column of the key a column of a foreign key refers to; null for other keys. */
  private static @Nullable Long positionInKey(Constraint constraint, int column, Catalog catalog) {
    ForeignKeyDefinition key = constraint.foreignKey();
    if (key == null) {
      return null;
    }
    List<Integer> referenced = Constraints.referenced(key, catalog).columns();
    return referenced.indexOf(key.referenced().get(column)) + 1L;
  }
}

package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.system.Constraints.Constraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code information_schema.constraint_column_usage}: the columns that constraints are about, of a
 * foreign key those that it refers to. Stateless.
 */
final class ConstraintColumnUsageTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "constraint_column_usage";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("table_catalog"),
        SystemTable.text("table_schema"),
        SystemTable.text("table_name"),
        SystemTable.text("column_name"),
        SystemTable.text("constraint_catalog"),
        SystemTable.text("constraint_schema"),
        SystemTable.text("constraint_name"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Constraint constraint : Constraints.of(catalog)) {
      ForeignKeyDefinition key = constraint.foreignKey();
      TableDefinition table = key == null ? constraint.table() : Constraints.target(key, catalog);
      for (int column : key == null ? constraint.columns() : key.referenced()) {
        rows.add(
            new Object[] {
              "caisson",
              SystemTables.PUBLIC,
              table.name(),
              table.columnOf(column).name(),
              "caisson",
              SystemTables.PUBLIC,
              constraint.name()
            });
      }
    }
    return rows;
  }
}

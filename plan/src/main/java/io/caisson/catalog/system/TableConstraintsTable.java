package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.system.Constraints.Constraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.table_constraints}: the constraints of tables. Stateless. */
final class TableConstraintsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "table_constraints";
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
        SystemTable.text("constraint_type"),
        SystemTable.text("is_deferrable"),
        SystemTable.text("initially_deferred"),
        SystemTable.text("enforced"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Constraint constraint : Constraints.of(catalog)) {
      rows.add(
          new Object[] {
            "caisson",
            SystemTables.PUBLIC,
            constraint.name(),
            "caisson",
            SystemTables.PUBLIC,
            constraint.table().name(),
            constraint.type(),
            "NO",
            "NO",
            "YES"
          });
    }
    return rows;
  }
}

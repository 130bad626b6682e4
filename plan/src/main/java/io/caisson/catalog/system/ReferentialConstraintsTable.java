package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.system.Constraints.Constraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.referential_constraints}: the foreign keys. Stateless. */
final class ReferentialConstraintsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "referential_constraints";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("constraint_catalog"),
        SystemTable.text("constraint_schema"),
        SystemTable.text("constraint_name"),
        SystemTable.text("unique_constraint_catalog"),
        SystemTable.text("unique_constraint_schema"),
        SystemTable.text("unique_constraint_name"),
        SystemTable.text("match_option"),
        SystemTable.text("update_rule"),
        SystemTable.text("delete_rule"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Constraint constraint : Constraints.of(catalog)) {
      ForeignKeyDefinition key = constraint.foreignKey();
      if (key != null) {
        rows.add(
            new Object[] {
              "caisson",
              SystemTables.PUBLIC,
              constraint.name(),
              "caisson",
              SystemTables.PUBLIC,
              Constraints.referenced(key, catalog).name(),
              "NONE",
              key.onUpdate().sql(),
              key.onDelete().sql()
            });
      }
    }
    return rows;
  }
}

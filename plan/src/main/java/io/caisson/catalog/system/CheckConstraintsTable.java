package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.system.Constraints.Constraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.check_constraints}: the conditions that rows fulfil. Stateless. */
final class CheckConstraintsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "check_constraints";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("constraint_catalog"),
        SystemTable.text("constraint_schema"),
        SystemTable.text("constraint_name"),
        SystemTable.text("check_clause"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Constraint constraint : Constraints.of(catalog)) {
      CheckDefinition check = constraint.check();
      if (check != null) {
        rows.add(
            new Object[] {
              "caisson", SystemTables.PUBLIC, check.name(), "(" + check.condition() + ")"
            });
      }
    }
    return rows;
  }
}

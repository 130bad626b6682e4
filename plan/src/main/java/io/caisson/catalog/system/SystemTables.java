package io.caisson.catalog.system;

import io.caisson.catalog.SystemTableDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All system tables, by their schemas. Stateless. */
public final class SystemTables {
  /** The schema of the SQL standard. */
  public static final String INFORMATION_SCHEMA = "information_schema";

  /** The schema of what the standard has no table for. */
  public static final String CAISSON_CATALOG = "caisson_catalog";

  /** The schema that all other objects are in. */
  public static final String PUBLIC = "public";

  private static final List<SystemTable> ALL =
      List.of(
          new SchemataTable(),
          new TablesTable(),
          new ColumnsTable(),
          new ViewsTable(),
          new TableConstraintsTable(),
          new KeyColumnUsageTable(),
          new ReferentialConstraintsTable(),
          new CheckConstraintsTable(),
          new ConstraintColumnUsageTable(),
          new IndexesTable(),
          new CommentsTable(),
          new FunctionsTable(),
          new ObjectsTable(),
          new MaterializedViewsTable(),
          new ViewOperatorsTable(),
          new StatementsTable(),
          new SubscriptionsTable(),
          new DependenciesTable());

  private SystemTables() {}

  /** All of them. */
  public static List<SystemTable> all() {
    return ALL;
  }

  /** Their definitions by schema and name. */
  public static Map<String, Map<String, SystemTableDefinition>> bySchema() {
    var schemas = new TreeMap<String, Map<String, SystemTableDefinition>>();
    for (SystemTable table : ALL) {
      schemas
          .computeIfAbsent(table.schema(), schema -> new TreeMap<>())
          .put(
              table.name(),
              new SystemTableDefinition(table.schema(), table.name(), table.columns()));
    }
    return schemas;
  }

  /** The table of a definition. */
  public static SystemTable of(SystemTableDefinition definition) {
    return ALL.stream()
        .filter(
            table ->
                table.schema().equals(definition.schema())
                    && table.name().equals(definition.table()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no system table " + definition.name()));
  }
}

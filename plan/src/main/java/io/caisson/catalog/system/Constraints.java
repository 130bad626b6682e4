package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constraints of tables, as the standard's tables show them. Stateless. */
final class Constraints {
  private Constraints() {}

  /**
   * A constraint.
   *
   * @param table its table
   * @param name its name
   * @param type what the standard calls its kind
   * @param columns ids of its columns in their order
   * @param foreignKey the constraint where it is a foreign key, else null
   * @param check the constraint where it is a CHECK, else null
   */
  record Constraint(
      TableDefinition table,
      String name,
      String type,
      List<Integer> columns,
      @Nullable ForeignKeyDefinition foreignKey,
      @Nullable CheckDefinition check) {
    /** Whether it says which values are keys. */
    boolean isKey() {
      return check == null;
    }
  }

  /** All constraints, table by table in the order of their names. */
  static List<Constraint> of(Catalog catalog) {
    var found = new ArrayList<Constraint>();
    catalog.objects().values().stream()
        .filter(TableDefinition.class::isInstance)
        .forEach(table -> found.addAll(of((TableDefinition) table)));
    return found;
  }

  private static List<Constraint> of(TableDefinition table) {
    var found = new ArrayList<Constraint>();
    if (!table.keyHidden()) {
      found.add(
          new Constraint(
              table, table.primaryKeyName(), "PRIMARY KEY", table.primaryKeyIds(), null, null));
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.constraint()) {
        found.add(new Constraint(table, index.name(), "UNIQUE", columns(index), null, null));
      }
    }
    for (ForeignKeyDefinition key : table.foreignKeys()) {
      found.add(new Constraint(table, key.name(), "FOREIGN KEY", key.columns(), key, null));
    }
    for (CheckDefinition check : table.checks()) {
      found.add(new Constraint(table, check.name(), "CHECK", check.columns(), null, check));
    }
    return found;
  }

  private static List<Integer> columns(IndexDefinition index) {
    return index.keys().stream().map(key -> key.column().orElseThrow()).toList();
  }

  /** The table that a foreign key refers to. */
  static TableDefinition target(ForeignKeyDefinition key, Catalog catalog) {
    return (TableDefinition) catalog.find(key.table()).orElseThrow();
  }

  /** The key that a foreign key refers to: its columns in their order there. */
  static Constraint referenced(ForeignKeyDefinition key, Catalog catalog) {
    TableDefinition target = target(key, catalog);
    return of(target).stream()
        .filter(candidate -> candidate.isKey() && candidate.foreignKey() == null)
        .filter(
            candidate ->
                candidate.columns().size() == key.referenced().size()
                    && candidate.columns().containsAll(key.referenced()))
        .findFirst()
        .orElseGet(
            () ->
                // A unique index that no constraint has made does as well.
                new Constraint(
                    target, uniqueIndex(target, key), "UNIQUE", key.referenced(), null, null));
  }

  private static String uniqueIndex(TableDefinition target, ForeignKeyDefinition key) {
    return target.indexes().stream()
        .filter(index -> index.unique())
        .filter(index -> key.referenced().stream().allMatch(index::holds))
        .map(IndexDefinition::name)
        .findFirst()
        .orElse("");
  }
}

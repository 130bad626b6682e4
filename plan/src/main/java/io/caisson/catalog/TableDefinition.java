package io.caisson.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A table with a primary key. Immutable.
 *
 * <p>Columns and indexes have numbers that no other of the table has or will have: rows and entries
 * carry them, so that names and places may change without a row being rewritten. A column without a
 * number gets the next one.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns; a hidden one comes last
 * @param primaryKey positions of the key's columns, in key order, at least one; they are NOT NULL
 * @param nextNumber what the next column or index is numbered
 * @param rules its indexes and constraints
 */
public record TableDefinition(
    long id,
    String name,
    List<ColumnDefinition> columns,
    List<Integer> primaryKey,
    int nextNumber,
    Rules rules)
    implements IndexedObject {

  /**
   * Indexes and constraints of a table. Immutable.
   *
   * @param indexes its indexes, UNIQUE constraints among them
   * @param checks its CHECK constraints
   * @param foreignKeys its FOREIGN KEY constraints
   */
  public record Rules(
      List<IndexDefinition> indexes,
      List<CheckDefinition> checks,
      List<ForeignKeyDefinition> foreignKeys) {
    /** No indexes and no constraints. */
    public static final Rules NONE = new Rules(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Rules {
      indexes = List.copyOf(indexes);
      checks = List.copyOf(checks);
      foreignKeys = List.copyOf(foreignKeys);
    }
  }

  /** Copies the lists, numbers new columns and checks the key. */
  public TableDefinition {
    primaryKey = List.copyOf(primaryKey);
    if (primaryKey.isEmpty()) {
      throw new IllegalArgumentException("a table needs a primary key");
    }
    var numbered = new ArrayList<ColumnDefinition>(columns.size());
    for (ColumnDefinition column : columns) {
      numbered.add(
          column.id() == ColumnDefinition.UNNUMBERED ? column.withId(nextNumber++) : column);
    }
    columns = List.copyOf(numbered);
  }

  /** A table without indexes and constraints. */
  public TableDefinition(
      long id, String name, List<ColumnDefinition> columns, List<Integer> primaryKey) {
    this(id, name, columns, primaryKey, 0, Rules.NONE);
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public TableDefinition withId(long newId) {
    List<ForeignKeyDefinition> keys =
        rules.foreignKeys().stream()
            .map(key -> key.table() == id ? key.withTable(newId) : key)
            .toList();
    var moved = new Rules(rules.indexes(), rules.checks(), keys);
    return new TableDefinition(newId, name, columns, primaryKey, nextNumber, moved);
  }

  /** The same table under another name. */
  public TableDefinition withName(String newName) {
    return new TableDefinition(id, newName, columns, primaryKey, nextNumber, rules);
  }

  /** The same table with other columns, the primary key's among them. */
  public TableDefinition withColumns(List<ColumnDefinition> newColumns) {
    List<Integer> ids = primaryKey.stream().map(position -> columns.get(position).id()).toList();
    List<Integer> places = newColumns.stream().map(ColumnDefinition::id).toList();
    return new TableDefinition(
        id, name, newColumns, ids.stream().map(places::indexOf).toList(), nextNumber, rules);
  }

  /** The table as it was when an object came: without the columns that were added after it. */
  public TableDefinition asKnownTo(long object) {
    List<ColumnDefinition> known =
        columns.stream().filter(column -> column.since() < object).toList();
    return known.size() == columns.size() ? this : withColumns(known);
  }

  /** The same table with one column replaced by another of its id. */
  public TableDefinition withColumn(ColumnDefinition column) {
    return withColumns(columns.stream().map(c -> c.id() == column.id() ? column : c).toList());
  }

  /** The same table with other rules. */
  public TableDefinition withRules(Rules newRules) {
    return new TableDefinition(id, name, columns, primaryKey, nextNumber, newRules);
  }

  @Override
  public TableDefinition withIndexes(List<IndexDefinition> indexes) {
    return withRules(new Rules(indexes, rules.checks(), rules.foreignKeys()));
  }

  @Override
  public TableDefinition withIndex(IndexDefinition index) {
    var indexes = new ArrayList<>(rules.indexes());
    indexes.add(index.withId(nextNumber));
    return new TableDefinition(id, name, columns, primaryKey, nextNumber + 1, rules)
        .withIndexes(indexes);
  }

  /** The same table with other CHECK constraints. */
  public TableDefinition withChecks(List<CheckDefinition> checks) {
    return withRules(new Rules(rules.indexes(), checks, rules.foreignKeys()));
  }

  /** The same table with other FOREIGN KEY constraints. */
  public TableDefinition withForeignKeys(List<ForeignKeyDefinition> foreignKeys) {
    return withRules(new Rules(rules.indexes(), rules.checks(), foreignKeys));
  }

  @Override
  public TableDefinition asTable() {
    return this;
  }

  @Override
  public List<IndexDefinition> indexes() {
    return rules.indexes();
  }

  /** Its CHECK constraints. */
  public List<CheckDefinition> checks() {
    return rules.checks();
  }

  /** Its FOREIGN KEY constraints. */
  public List<ForeignKeyDefinition> foreignKeys() {
    return rules.foreignKeys();
  }

  /** What the constraint of the primary key is called. */
  public String primaryKeyName() {
    return name + "_pkey";
  }

  @Override
  public boolean keyHidden() {
    return columns.get(columns.size() - 1).hidden();
  }

  /** The columns that users see, which come first. */
  public List<ColumnDefinition> visibleColumns() {
    return keyHidden() ? columns.subList(0, columns.size() - 1) : columns;
  }

  /** The position of a column, or -1. */
  public int position(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The position of the column of an id. */
  public int positionOf(int columnId) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).id() == columnId) {
        return i;
      }
    }
    throw new NoSuchElementException("column " + columnId + " of \"" + name + "\"");
  }

  /** The column of an id. */
  public ColumnDefinition columnOf(int columnId) {
    return columns.get(positionOf(columnId));
  }

  /** The ids of the primary key's columns, in key order. */
  public List<Integer> primaryKeyIds() {
    return primaryKey.stream().map(position -> columns.get(position).id()).toList();
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public String kind() {
    return "TABLE";
  }
}

package io.caisson.catalog;

import java.util.List;

/**
 * A FOREIGN KEY constraint. Immutable.
 *
 * @param name its name, unique in its table
 * @param columns ids of the columns that refer
 * @param table the number of the table that they refer to
 * @param referenced ids of the columns there, as many, which are its primary key or unique
 * @param onDelete what happens to rows whose referenced row is deleted
 * @param onUpdate what happens to rows whose referenced row gets another key
 * @param validated whether the rows that were there before it fulfil it
 */
public record ForeignKeyDefinition(
    String name,
    List<Integer> columns,
    long table,
    List<Integer> referenced,
    Action onDelete,
    Action onUpdate,
    boolean validated) {
  /** What happens to referring rows. */
  public enum Action {
    NO_ACTION("NO ACTION"),
    RESTRICT("RESTRICT"),
    CASCADE("CASCADE"),
    SET_NULL("SET NULL");

    private final String sql;

    Action(String sql) {
      this.sql = sql;
    }

    /** The action as SQL writes it. */
    public String sql() {
      return sql;
    }
  }

  /** Copies the lists. */
  public ForeignKeyDefinition {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
    if (columns.isEmpty() || columns.size() != referenced.size()) {
      throw new IllegalArgumentException(columns + " refer to " + referenced);
    }
  }

  /** The same constraint, known to hold or not. */
  public ForeignKeyDefinition withValidated(boolean value) {
    return new ForeignKeyDefinition(name, columns, table, referenced, onDelete, onUpdate, value);
  }

  /** The same constraint in a table of another number, where it referred to its own. */
  public ForeignKeyDefinition withTable(long newTable) {
    return new ForeignKeyDefinition(
        name, columns, newTable, referenced, onDelete, onUpdate, validated);
  }
}

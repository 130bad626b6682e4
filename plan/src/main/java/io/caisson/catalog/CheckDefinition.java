package io.caisson.catalog;

import java.util.List;

/**
 * A CHECK constraint. Immutable.
 *
 * @param name its name, unique in its table
 * @param condition an expression of SQL that is false for no row
 * @param columns ids of the columns in it
 * @param validated whether the rows that were there before it fulfil it
 */
public record CheckDefinition(
    String name, String condition, List<Integer> columns, boolean validated) {
  /** Copies the list. */
  public CheckDefinition {
    columns = List.copyOf(columns);
  }
}

package io.caisson.sql.run;

import io.caisson.type.SqlType;
import java.util.List;

/**
 * A condition that every row a query needs fulfils: the column compared with constants. A NULL
 * fulfils none but IS NULL.
 *
 * @param column position of the column in the object
 * @param comparison how they compare
 * @param values the constants in physical form, Longs, Doubles or Strings: any number for IN, none
 *     for IS NULL and IS NOT NULL, else one
 */
public record ColumnCondition(int column, Comparison comparison, List<Object> values) {
  /** Copies the list. */
  public ColumnCondition {
    values = List.copyOf(values);
  }

  /**
   * In place of a constant: one that is given when the query runs. No source of rows ever sees it.
   *
   * @param number which of the places for values it is
   * @param type the type of the value
   */
  record Place(int number, SqlType type) {
    @Override
    public String toString() {
      return "?" + number;
    }
  }

  /** A comparison with one constant. */
  public ColumnCondition(int column, Comparison comparison, Object value) {
    this(column, comparison, List.of(value));
  }

  /** The constant of a comparison with one. */
  public Object value() {
    return values.get(0);
  }

  /** How a column compares with a constant. */
  public enum Comparison {
    EQUAL("="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("IN"),
    IS_NULL("IS NULL"),
    IS_NOT_NULL("IS NOT NULL");

    private final String sql;

    Comparison(String sql) {
      this.sql = sql;
    }

    /** The operator as SQL writes it. */
    public String sql() {
      return sql;
    }
  }
}

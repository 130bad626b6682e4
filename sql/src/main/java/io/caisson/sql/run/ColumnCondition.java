package io.caisson.sql.run;

/**
 * A condition that every row a query needs fulfils: the column compared with a constant. A NULL
 * fulfils none.
 *
 * @param column position of the column in the object
 * @param comparison how they compare
 * @param value the constant in physical form: a Long, Double or String
 */
public record ColumnCondition(int column, Comparison comparison, Object value) {
  /**
   * A constant that is given when the query runs; no source of rows ever sees it.
   *
   * @param number which of the places for values it is
   */
  record Place(int number) {
    @Override
    public String toString() {
      return "?" + number;
    }
  }

  /** How a column compares with a constant. */
  public enum Comparison {
    EQUAL("="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

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

package io.caisson.catalog;

/** Where the value of a column comes from that a row does not bring along. Immutable. */
public sealed interface ColumnValue {
  /**
   * DEFAULT.
   *
   * @param expression an expression of SQL without columns
   */
  record Default(String expression) implements ColumnValue {}

  /**
   * GENERATED ALWAYS AS (expression) STORED.
   *
   * @param expression an expression of SQL over the table's other columns
   */
  record Generated(String expression) implements ColumnValue {}

  /**
   * GENERATED AS IDENTITY: a number that no row had before.
   *
   * @param always whether rows may not bring a number of their own
   */
  record Identity(boolean always) implements ColumnValue {}

  /**
   * PROCTIME(), in streams: when the row was appended, by the clock of whoever did it. It is stored
   * with the row, so that it is the same whenever it is read.
   */
  record Arrival() implements ColumnValue {}

  /** The number of a row in a table without a primary key. */
  record RowNumber() implements ColumnValue {}
}

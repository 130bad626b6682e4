package io.caisson.plan;

import io.caisson.type.SqlType;
import java.util.OptionalInt;

/**
 * A function over the rows of a partition, in the order of the window. Immutable.
 *
 * @param function which function
 * @param argument position of the column it is of, where it takes one
 * @param offset how many rows LAG looks back and LEAD ahead; 0 of other functions
 * @param frame which rows aggregates and FIRST_VALUE and LAST_VALUE see
 * @param name the output's name
 * @param type the output's type
 */
public record OverCall(
    Function function, OptionalInt argument, int offset, Frame frame, String name, SqlType type) {
  /** The functions. */
  public enum Function {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    LAG,
    LEAD,
    FIRST_VALUE,
    LAST_VALUE,
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX;

    /** Whether it numbers rows, never downwards. */
    public boolean ranks() {
      return this == ROW_NUMBER || this == RANK || this == DENSE_RANK;
    }
  }

  /**
   * The rows from one to another, both included.
   *
   * @param start how many rows before the current one it begins; {@link #ALL} for the partition's
   *     begin; negative behind the current one
   * @param end how many rows behind the current one it ends; {@link #ALL} for the partition's end;
   *     negative before the current one
   * @param peers whether rows that the order does not tell from the current one are in it too, and
   *     start and end are distances of the values by which rows are sorted, not numbers of rows
   */
  public record Frame(long start, long end, boolean peers) {
    /** Without end. */
    public static final long ALL = Long.MAX_VALUE;
  }
}

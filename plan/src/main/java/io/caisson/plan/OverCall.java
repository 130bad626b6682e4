package io.caisson.plan;

import io.caisson.function.window.Frame;
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
}

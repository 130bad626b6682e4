package io.caisson.plan;

import io.caisson.type.SqlType;
import java.util.OptionalInt;

/**
 * One aggregate of an {@link Plan.Aggregate}.
 *
 * @param function which one
 * @param argument the input column it reads; empty for {@code COUNT(*)}
 * @param filter the BOOLEAN input column that must be true for a row to count (FILTER); empty for
 *     all rows
 * @param name the name of its output
 * @param type the type of its result
 */
public record AggregateCall(
    Function function, OptionalInt argument, OptionalInt filter, String name, SqlType type) {

  /** The aggregates that can be kept. */
  public enum Function {
    COUNT,
    /**
     * Of integers BIGINT, an overflow being an error (22003); of REAL and DOUBLE a DOUBLE. NULL
     * over no values.
     */
    SUM,
    MIN,
    MAX,
    /** A DOUBLE: sum divided by count. NULL over no values. */
    AVG
  }

  /** Checks that only COUNT does without an argument. */
  public AggregateCall {
    if (argument.isEmpty() && function != Function.COUNT) {
      throw new IllegalArgumentException(function + " needs an argument");
    }
  }
}

package io.caisson.dataflow.operator;

import java.util.OptionalInt;

/**
 * One aggregate to keep. Immutable.
 *
 * @param function which one
 * @param argument the input column it reads, NULLs of which do not count; empty for {@code
 *     COUNT(*)}
 * @param filter a BOOLEAN input column that must be true for a row to count; empty for all rows
 */
public record AggregateSpec(Function function, OptionalInt argument, OptionalInt filter) {
  /** The aggregates. */
  public enum Function {
    COUNT,
    SUM,
    MIN,
    MAX,
    AVG
  }

  /** Checks that only COUNT does without an argument. */
  public AggregateSpec {
    if (argument.isEmpty() && function != Function.COUNT) {
      throw new IllegalArgumentException(function + " needs an argument");
    }
  }
}

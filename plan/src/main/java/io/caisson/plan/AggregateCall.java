package io.caisson.plan;

import io.caisson.type.SqlType;
import java.util.List;
import java.util.OptionalInt;

/**
 * One aggregate of an {@link Aggregate}. Immutable.
 *
 * @param function which one
 * @param rows which rows count, and what it reads of them
 * @param name the name of its output
 * @param type the type of its result
 */
public record AggregateCall(AggregateFunction function, Rows rows, String name, SqlType type) {

  /**
   * What an aggregate takes of a group's rows.
   *
   * @param arguments the input columns it reads; none for {@code COUNT(*)}
   * @param filter the BOOLEAN input column that must be true for a row to count (FILTER); empty for
   *     all rows
   * @param distinct whether equal arguments count once
   * @param order the order of the rows, where the function takes one after the other
   */
  public record Rows(
      List<Integer> arguments, OptionalInt filter, boolean distinct, List<SortKey> order) {
    /** Copies the lists. */
    public Rows {
      arguments = List.copyOf(arguments);
      order = List.copyOf(order);
    }
  }

  /**
   * The aggregates that can be kept. Over no values all are NULL but those that count. Those of
   * floating point add exactly and round once, so that no order of rows shows.
   */
  public enum Function implements AggregateFunction {
    COUNT,
    /** Of integers BIGINT, an overflow being an error (22003); of REAL and DOUBLE a DOUBLE. */
    SUM,
    MIN,
    MAX,
    /** A DOUBLE: sum divided by count. */
    AVG,
    VAR_POP,
    VAR_SAMP,
    STDDEV_POP,
    STDDEV_SAMP,
    COVAR_POP,
    COVAR_SAMP,
    CORR,
    REGR_COUNT,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    STRING_AGG,
    /** The value that is there most often, the first of several. */
    MODE,
    /** Its arguments are the fraction and the value. */
    PERCENTILE_CONT,
    PERCENTILE_DISC,
    /** The first row's value, NULL or not. */
    FIRST_VALUE,
    LAST_VALUE,
    /** Of places that hashes say, see {@link io.caisson.function.aggregate.DistinctEstimate}. */
    APPROX_COUNT_DISTINCT,
    /** Of numbers near the values; its arguments are the fraction and the number. */
    APPROX_PERCENTILE,
    ARRAY_AGG,
    /** Of JSON; behind its argument may come the value that that was made of. */
    JSONB_AGG,
    /** Of names and values, both JSON; behind them may come what they were made of. */
    JSONB_OBJECT_AGG,
    /** As JSONB_AGG, without what is NULL. */
    JSONB_AGG_STRICT,
    /** As JSONB_OBJECT_AGG, without values that are NULL. */
    JSONB_OBJECT_AGG_STRICT,
    /** Its arguments are how many values, the value, and the value as JSON. */
    APPROX_TOP_K
  }

  /** Checks that only COUNT does without an argument. */
  public AggregateCall {
    if (rows.arguments().isEmpty() && function != Function.COUNT) {
      throw new IllegalArgumentException(function + " needs an argument");
    }
  }
}

package io.caisson.dataflow.operator;

import io.caisson.function.external.JavaAggregate;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate to keep. Immutable.
 *
 * @param function which one
 * @param arguments the input columns it reads; none for {@code COUNT(*)}
 * @param filter a BOOLEAN input column that must be true for a row to count; empty for all rows
 * @param distinct whether equal arguments count once
 * @param order how the rows are sorted of which the function takes one after the other; those that
 *     this does not tell apart by the arguments, ascending
 * @param external the class that carries it out, of EXTERNAL alone
 */
public record AggregateSpec(
    Function function,
    List<Integer> arguments,
    OptionalInt filter,
    boolean distinct,
    List<OverSpec.SortColumn> order,
    @Nullable JavaAggregate external) {
  /** The aggregates. */
  public enum Function {
    COUNT,
    SUM,
    MIN,
    MAX,
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
    MODE,
    PERCENTILE_CONT,
    PERCENTILE_DISC,
    FIRST_VALUE,
    LAST_VALUE,
    APPROX_COUNT_DISTINCT,
    APPROX_PERCENTILE,
    ARRAY_AGG,
    JSONB_AGG,
    JSONB_OBJECT_AGG,
    JSONB_AGG_STRICT,
    JSONB_OBJECT_AGG_STRICT,
    APPROX_TOP_K,
    /** One that users have made. */
    EXTERNAL;

    /** Whether it takes two numbers, y and x. */
    boolean takesPairs() {
      return compareTo(COVAR_POP) >= 0 && compareTo(REGR_R2) <= 0;
    }

    /** Whether rows in which an argument is NULL count. */
    boolean takesNulls() {
      return switch (this) {
        case STRING_AGG, FIRST_VALUE, LAST_VALUE, ARRAY_AGG -> true;
        case JSONB_AGG, JSONB_OBJECT_AGG, JSONB_AGG_STRICT, JSONB_OBJECT_AGG_STRICT -> true;
        default -> false;
      };
    }
  }

  /** Copies the lists and checks that only COUNT does without an argument. */
  public AggregateSpec {
    arguments = List.copyOf(arguments);
    order = List.copyOf(order);
    if (arguments.isEmpty() && function != Function.COUNT) {
      throw new IllegalArgumentException(function + " needs an argument");
    }
    if ((external != null) != (function == Function.EXTERNAL)) {
      throw new IllegalArgumentException("a class that carries out " + function);
    }
  }

  /** One of the language's aggregates. */
  public AggregateSpec(
      Function function,
      List<Integer> arguments,
      OptionalInt filter,
      boolean distinct,
      List<OverSpec.SortColumn> order) {
    this(function, arguments, filter, distinct, order, null);
  }

  /** An aggregate of a single column, or of none, all rows of which count in any order. */
  public AggregateSpec(Function function, OptionalInt argument, OptionalInt filter) {
    this(function, argument.stream().boxed().toList(), filter, false, List.of());
  }

  /** The column that it reads, or the first of them. */
  public OptionalInt argument() {
    return arguments.isEmpty() ? OptionalInt.empty() : OptionalInt.of(arguments.get(0));
  }
}

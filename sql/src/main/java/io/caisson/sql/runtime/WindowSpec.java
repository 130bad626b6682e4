package io.caisson.sql.runtime;

import io.caisson.function.window.Frame;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One window and the functions over it. Immutable.
 *
 * @param partition the fields that partition rows
 * @param order the order within a partition
 * @param frame what a row sees of its partition
 * @param keys the values that distances of the frame are of
 * @param calls the functions
 */
public record WindowSpec(
    int[] partition, List<SortField> order, Frame frame, RangeKeys keys, List<Call> calls) {
  /** Copies the lists. */
  public WindowSpec {
    order = List.copyOf(order);
    calls = List.copyOf(calls);
  }

  /** A function that looks at the place of a row. */
  public enum Function {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST,
    NTILE,
    LAG,
    LEAD,
    FIRST_VALUE,
    LAST_VALUE,
    NTH_VALUE,
    /** An aggregate over the frame. */
    AGGREGATE
  }

  /**
   * One call.
   *
   * @param function which function
   * @param arguments positions of its arguments; behind the row's fields come the constants
   * @param aggregate the aggregate, for that function
   * @param ignoreNulls whether values that are NULL are passed over
   * @param result makes a result one of the call's type
   */
  public record Call(
      Function function,
      List<Integer> arguments,
      @Nullable AggregateSpec aggregate,
      boolean ignoreNulls,
      UnaryOperator<@Nullable Object> result) {
    /** Copies the arguments. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}

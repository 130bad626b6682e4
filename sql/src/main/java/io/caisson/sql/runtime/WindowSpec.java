package io.caisson.sql.runtime;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One window and the functions over it. Immutable.
 *
 * @param partition the fields that partition rows
 * @param order the order within a partition
 * @param frame what a row sees of its partition
 * @param calls the functions
 */
public record WindowSpec(int[] partition, List<SortField> order, Frame frame, List<Call> calls) {
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

  /** What a frame leaves out. */
  public enum Exclusion {
    NOTHING,
    ROW,
    GROUP,
    TIES
  }

  /**
   * A frame.
   *
   * @param rows whether offsets count rows, not the distance of keys
   * @param start where it begins
   * @param end where it ends
   * @param exclusion what it leaves out
   */
  public record Frame(boolean rows, Bound start, Bound end, Exclusion exclusion) {}

  /**
   * One end of a frame.
   *
   * @param unbounded whether it is the partition's end
   * @param following whether it lies behind the row, not before
   * @param offset position of its distance, a constant, or −1 for the current row
   */
  public record Bound(boolean unbounded, boolean following, int offset) {
    boolean isStart() {
      return unbounded && !following;
    }

    boolean isEnd() {
      return unbounded && following;
    }
  }
}

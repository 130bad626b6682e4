package io.caisson.dataflow.operator;

import io.caisson.function.window.Frame;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A window in the sense of OVER, and the functions over it. Immutable.
 *
 * @param partition positions of the columns that partition rows
 * @param order how a partition is sorted; rows that this does not tell apart by all their columns
 * @param calls the functions
 * @param limit up to which result of the first call, which ranks, rows are put out
 */
public record OverSpec(
    List<Integer> partition, List<SortColumn> order, List<Call> calls, OptionalLong limit) {
  /** Copies the lists. */
  public OverSpec {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    calls = List.copyOf(calls);
  }

  /**
   * A column by which rows are sorted.
   *
   * @param column its position
   * @param descending whether the greatest value comes first
   * @param nullsFirst whether NULL comes before all values
   */
  public record SortColumn(int column, boolean descending, boolean nullsFirst) {}

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
    MAX
  }

  /**
   * One function.
   *
   * @param function which
   * @param argument position of the column it is of, where it takes one
   * @param offset how many rows LAG looks back and LEAD ahead
   * @param frame the rows that aggregates, FIRST_VALUE and LAST_VALUE see
   */
  public record Call(Function function, OptionalInt argument, int offset, Frame frame) {}
}

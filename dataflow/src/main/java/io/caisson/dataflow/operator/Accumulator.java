package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import java.util.List;

/**
 * One aggregate within an {@link AggregateOperator}. It holds two things: for each group of the
 * step what the step's rows change, in columns; and a single <em>current</em> value, into which the
 * operator loads group after group at the end of the step. For one thread.
 */
sealed interface Accumulator
    permits CountAccumulator,
        LongSumAccumulator,
        DoubleSumAccumulator,
        NumericAccumulator,
        MomentsAccumulator,
        BitsAccumulator,
        ExtremumAccumulator,
        RetractableExtremumAccumulator,
        OrderedAccumulator,
        TopCountsAccumulator,
        DistinctAccumulator {
  /**
   * Adds the rows of a batch to their groups.
   *
   * @param batch the rows
   * @param groups for each row the number of its group
   * @param table the groups touched so far
   */
  void accumulate(Batch batch, int[] groups, GroupTable table);

  /**
   * Called once a step, before groups are loaded.
   *
   * @param table the groups touched by the step
   */
  default void prepare(GroupTable table) {}

  /** Makes the current value that of no rows. */
  void clear();

  /** Makes the current value the one that {@link #write} wrote. */
  void read(RowReader state);

  /** Adds to the current value what the step changed in a group. */
  void add(int group, GroupTable table);

  /** Writes the current value for the group's state. */
  void write(RowBuffer state);

  /** Adds the aggregate of the current value to a column. */
  void emit(ColumnBuilder out);

  /** Forgets what the step changed. */
  void endStep();

  /** The rows that it keeps besides the groups' state, each with its group in front. */
  default List<Arrangement> state() {
    return List.of();
  }
}

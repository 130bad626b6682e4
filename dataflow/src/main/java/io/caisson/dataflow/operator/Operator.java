package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import java.util.List;

/**
 * A part of a {@link Circuit}: maps changes of its inputs to changes of its output, so that at the
 * end of each step the sum of all its output equals its function of the sum of all its input. How
 * the input is cut into batches, and batches into steps, must not show. What it remembers from step
 * to step lies in arrangements and nowhere else; between steps these are all there is to save, and
 * an operator made anew over them goes on as if nothing had happened.
 *
 * <p>How many inputs it has is its type: {@link UnaryOperator} has one. For the thread that steps.
 * An exception leaves the operator in an unspecified state: the circuit must be made anew from its
 * last checkpoint.
 */
public interface Operator {
  /** Puts out what the step's input changes, as far as it has not been put out yet. */
  default void endStep(Output out) {}

  /**
   * Says how far event time has come with the step, before its end.
   *
   * @param watermarks of the circuit's inputs; not kept, not changed
   */
  default void advance(long[] watermarks) {}

  /**
   * Forgets rows of its state that no further input can touch. It must not show when that happens.
   *
   * @param watermarks of the circuit's inputs
   * @param most how many rows it may remove
   * @return how many it removed
   */
  default int free(long[] watermarks, int most) {
    return 0;
  }

  /** What the operator remembers. */
  default List<Arrangement> state() {
    return List.of();
  }

  /** How many bytes it holds during a step besides its state, about. */
  default long memoryBytes() {
    return 0;
  }
}

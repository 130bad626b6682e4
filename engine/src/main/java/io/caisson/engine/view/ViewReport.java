package io.caisson.engine.view;

import io.caisson.catalog.system.ViewStatus;
import io.caisson.error.CaissonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a view is doing at one moment. Immutable.
 *
 * @param state what it does
 * @param caughtUp whether it has been up to date once
 * @param frontier all input up to this store version is in it
 * @param inputs what it has read
 * @param rows how many rows it has
 * @param stateBytes how many bytes its state takes, in the store and in memory, about
 * @param failure what made it fail, or null
 */
public record ViewReport(
    ViewStatus.State state,
    boolean caughtUp,
    long frontier,
    List<Input> inputs,
    long rows,
    long stateBytes,
    @Nullable CaissonException failure) {
  /** Copies the list. */
  public ViewReport {
    inputs = List.copyOf(inputs);
  }

  /**
   * What a view has read of an input.
   *
   * @param object the number of the input
   * @param rows how many rows that came or went it has taken in
   * @param complete whether it has read all that was there before it, as one knows of tables
   */
  public record Input(long object, long rows, boolean complete) {}
}

package io.caisson.catalog.system;

import org.jspecify.annotations.Nullable;

/**
 * How a materialized view is doing. Immutable.
 *
 * @param name its name
 * @param state what it does
 * @param percentComplete how much of what there was before it it has read, about
 * @param rowsRead how many rows it has taken in
 * @param rows how many rows it has
 * @param stateBytes how many bytes its rows and what it computes them from take, about
 * @param lagMillis how long ago it was that all input was in it
 * @param error why it has failed, or null
 */
public record ViewStatus(
    String name,
    State state,
    long percentComplete,
    long rowsRead,
    long rows,
    long stateBytes,
    long lagMillis,
    @Nullable String error) {
  /** What a view does. */
  public enum State {
    /** It reads what was there before it. */
    BACKFILLING,
    /** It is up to date, or a moment behind. */
    RUNNING,
    /** It takes nothing in, because it was told so. */
    PAUSED,
    /** It takes nothing in, because of an error. */
    FAILED
  }
}

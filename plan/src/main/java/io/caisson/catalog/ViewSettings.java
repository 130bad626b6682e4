package io.caisson.catalog;

/**
 * What a materialized view was told about its life, beside its query. Immutable.
 *
 * @param skipsErrors whether it puts rows aside that its expressions fail on, and goes on
 * @param backfillRowsPerSecond how many rows it may read in a second until it has caught up; 0 for
 *     as many as it can
 * @param allowedLatenessMicros how much longer than their watermarks say it waits for late rows
 * @param paused whether it takes nothing in
 * @param replaces the number of the view whose place it takes once it has caught up; 0 for none
 */
public record ViewSettings(
    boolean skipsErrors,
    long backfillRowsPerSecond,
    long allowedLatenessMicros,
    boolean paused,
    long replaces) {
  /** A view about which nothing was said. */
  public static final ViewSettings DEFAULT = new ViewSettings(false, 0, 0, false, 0);

  /** Checks the numbers. */
  public ViewSettings {
    if (backfillRowsPerSecond < 0 || allowedLatenessMicros < 0 || replaces < 0) {
      throw new IllegalArgumentException(backfillRowsPerSecond + " rows, view " + replaces);
    }
  }

  /** The same settings, at work or not. */
  public ViewSettings withPaused(boolean newPaused) {
    return new ViewSettings(
        skipsErrors, backfillRowsPerSecond, allowedLatenessMicros, newPaused, replaces);
  }

  /** The same settings in the place of another view, or of none. */
  public ViewSettings withReplaces(long newReplaces) {
    return new ViewSettings(
        skipsErrors, backfillRowsPerSecond, allowedLatenessMicros, paused, newReplaces);
  }
}

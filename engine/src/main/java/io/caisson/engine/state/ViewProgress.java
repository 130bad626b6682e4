package io.caisson.engine.state;

import java.util.List;
import java.util.Map;

/**
 * How far a view has come with what it reads. Immutable; the keys are not copied.
 *
 * @param frontier all that streams gained up to this store version is in it; 0 for nothing
 * @param watermark what its watermark trackers know; empty without event time
 * @param tables what the view has read of its tables is in it as of this store version, or of the
 *     frontier where that is later; 0 for nothing
 * @param cursors behind which key the back-fill of a table goes on, by the number of the input; an
 *     empty key where it is complete, none where it has not begun
 */
public record ViewProgress(
    long frontier, List<Long> watermark, long tables, Map<Integer, byte[]> cursors) {
  /** Nothing has been taken in. */
  public static final ViewProgress NONE = new ViewProgress(0, List.of(), 0, Map.of());

  /** Copies the collections. */
  public ViewProgress {
    watermark = List.copyOf(watermark);
    cursors = Map.copyOf(cursors);
  }

  /** Up to which version the view needs the logs of its tables no more. */
  public long tablesThrough() {
    return Math.max(frontier, tables);
  }
}

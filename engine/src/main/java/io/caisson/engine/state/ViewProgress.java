package io.caisson.engine.state;

import java.util.List;
import java.util.Map;

/**
 * How far a view has come with what it reads. Immutable.
 *
 * @param frontier all that streams gained up to this store version is in it; 0 for nothing
 * @param watermark what its watermark trackers know; empty without event time
 * @param tablesVersion what the view has read of its tables is in it as of this store version, or
 *     of the frontier where that is later; 0 for nothing
 * @param tables how far the back-fill of each table has come, by the number of the input; nothing
 *     where it has not begun
 * @param rows how many rows each input has given, by the number of the input
 * @param rowCount how many rows it has; less than 0 where nobody has counted
 * @param caughtUp whether it has been up to date once
 */
public record ViewProgress(
    long frontier,
    List<Long> watermark,
    long tablesVersion,
    Map<Integer, TableProgress> tables,
    List<Long> rows,
    long rowCount,
    boolean caughtUp) {
  /** Nothing has been taken in. */
  public static final ViewProgress NONE =
      new ViewProgress(0, List.of(), 0, Map.of(), List.of(), 0, false);

  /** Copies the collections. */
  public ViewProgress {
    watermark = List.copyOf(watermark);
    tables = Map.copyOf(tables);
    rows = List.copyOf(rows);
  }

  /** Up to which version the view needs the logs of its tables no more. */
  public long tablesThrough() {
    return Math.max(frontier, tablesVersion);
  }
}

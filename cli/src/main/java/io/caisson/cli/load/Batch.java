package io.caisson.cli.load;

import io.caisson.column.Columns;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parsing thread hands to the appending one: rows, the lines they came from, and the lines
 * among them that are bad.
 *
 * @param rows the rows
 * @param lines each row's line number, its last for a row of several lines
 * @param offsets the offset behind each row's line
 * @param bad the bad lines between {@code rows}, in order
 * @param lastLine the number of the last line read, of whatever kind
 * @param position the place behind it, without the rejected lines
 * @param failure why reading ended before the source did, or null
 * @param isLast whether nothing follows
 */
record Batch(
    Columns rows,
    long[] lines,
    long[] offsets,
    List<BadLine> bad,
    long lastLine,
    LoadPosition position,
    @Nullable IOException failure,
    boolean isLast) {
  /**
   * A line that is no row.
   *
   * @param number its number
   * @param reason why
   * @param bytes the line as it stands in the source, without its end
   */
  record BadLine(long number, String reason, byte[] bytes) {}
}

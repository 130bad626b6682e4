package io.caisson.sql.runtime;

import io.caisson.function.window.Frame;
import io.caisson.function.window.RangeDistance;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of the rows of one partition. For one thread. */
final class WindowFrames {
  private final Frame frame;
  private final List<SortField> order;
  private final List<@Nullable Object[]> rows;
  private final RangeKeys keys;
  private final int[] peersBegin;
  private final int[] peersEnd;

  /** Where groups of peers begin, one behind the other; only of frames that count them. */
  private final int[] groups;

  WindowFrames(WindowSpec window, List<@Nullable Object[]> rows, int[] peersBegin, int[] peersEnd) {
    this.frame = window.frame();
    this.order = window.order();
    this.keys = window.keys();
    this.rows = rows;
    this.peersBegin = peersBegin;
    this.peersEnd = peersEnd;
    this.groups =
        frame.unit() == Frame.Unit.GROUPS
            ? Arrays.stream(peersBegin).distinct().toArray()
            : new int[0];
  }

  /** Whether all frames begin with the partition, so that they only grow. */
  boolean grow() {
    return frame.beginsWithPartition() && frame.exclusion() == Frame.Exclusion.NOTHING;
  }

  /** Whether all frames end with the partition, so that they only shrink. */
  boolean shrink() {
    return frame.endsWithPartition() && frame.exclusion() == Frame.Exclusion.NOTHING;
  }

  /** The first row of a row's frame. */
  int begin(int row) {
    if (frame.startDistance() != null) {
      return search(row, frame.startDistance(), false);
    }
    if (frame.beginsWithPartition()) {
      return 0;
    }
    return switch (frame.unit()) {
      case ROWS -> clamped(row - frame.start());
      case GROUPS -> groupBegin(group(row) - frame.start());
      case RANGE -> peersBegin[row];
    };
  }

  /** Behind the last row of a row's frame. */
  int end(int row) {
    if (frame.endDistance() != null) {
      return search(row, frame.endDistance(), true);
    }
    if (frame.endsWithPartition()) {
      return rows.size();
    }
    return switch (frame.unit()) {
      case ROWS -> clamped(row + frame.end() + 1);
      case GROUPS -> groupBegin(group(row) + frame.end() + 1);
      case RANGE -> peersEnd[row];
    };
  }

  /** Whether a row's frame leaves out another row. */
  boolean excludes(int row, int other) {
    boolean peer = other >= peersBegin[row] && other < peersEnd[row];
    return switch (frame.exclusion()) {
      case NOTHING -> false;
      case ROW -> other == row;
      case GROUP -> peer;
      case TIES -> peer && other != row;
    };
  }

  private int clamped(long place) {
    return (int) Math.max(0, Math.min(rows.size(), place));
  }

  /** The number of a row's group. */
  private int group(int row) {
    return Arrays.binarySearch(groups, peersBegin[row]);
  }

  /** The first row of a group, or the end of the partition that it would be beyond. */
  private int groupBegin(long group) {
    return group <= 0 ? 0 : group >= groups.length ? rows.size() : groups[(int) group];
  }

  /** Where a frame begins or ends that reaches so far in the values of the order. */
  private int search(int row, RangeDistance distance, boolean behind) {
    SortField by = order.get(0);
    Object key = rows.get(row)[by.field()];
    if (key == null) {
      return behind ? peersEnd[row] : peersBegin[row];
    }
    Object limit = distance.limit(keys.physical(key), behind != by.descending());
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int side = side(rows.get(middle)[by.field()], limit, distance, by);
      if (side < 0 || (behind && side == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a key comes before a limit in the order (−1), is it (0) or comes behind (1). */
  private int side(@Nullable Object key, Object limit, RangeDistance distance, SortField by) {
    if (key == null) {
      return by.nullsFirst() ? -1 : 1;
    }
    int order = distance.compare(keys.physical(key), limit);
    return by.descending() ? -order : order;
  }
}

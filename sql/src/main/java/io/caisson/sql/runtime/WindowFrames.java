package io.caisson.sql.runtime;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of the rows of one partition. For one thread. */
final class WindowFrames {
  private final WindowSpec.Frame frame;
  private final List<SortField> order;
  private final List<@Nullable Object[]> rows;
  private final int[] peersBegin;
  private final int[] peersEnd;

  WindowFrames(WindowSpec window, List<@Nullable Object[]> rows, int[] peersBegin, int[] peersEnd) {
    this.frame = window.frame();
    this.order = window.order();
    this.rows = rows;
    this.peersBegin = peersBegin;
    this.peersEnd = peersEnd;
  }

  /** Whether all frames begin with the partition, so that they only grow. */
  boolean grow() {
    return frame.start().isStart() && frame.exclusion() == WindowSpec.Exclusion.NOTHING;
  }

  /** Whether all frames end with the partition, so that they only shrink. */
  boolean shrink() {
    return frame.end().isEnd() && frame.exclusion() == WindowSpec.Exclusion.NOTHING;
  }

  /** The first row of a row's frame. */
  int begin(int row) {
    WindowSpec.Bound bound = frame.start();
    if (bound.unbounded()) {
      return bound.following() ? rows.size() : 0;
    }
    if (frame.rows()) {
      return clamped(row + distance(bound));
    }
    return bound.offset() < 0 ? peersBegin[row] : firstAtOrBehind(row, bound);
  }

  /** Behind the last row of a row's frame. */
  int end(int row) {
    WindowSpec.Bound bound = frame.end();
    if (bound.unbounded()) {
      return bound.following() ? rows.size() : 0;
    }
    if (frame.rows()) {
      return clamped(row + distance(bound) + 1);
    }
    return bound.offset() < 0 ? peersEnd[row] : firstBehind(row, bound);
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

  private long distance(WindowSpec.Bound bound) {
    if (bound.offset() < 0) {
      return 0;
    }
    Object offset = rows.get(0)[bound.offset()];
    long distance = offset == null ? 0 : ((Number) offset).longValue();
    return bound.following() ? distance : -distance;
  }

  /** The first row whose key is at the bound or behind it. */
  private int firstAtOrBehind(int row, WindowSpec.Bound bound) {
    return search(row, bound, false);
  }

  /** The first row whose key is behind the bound. */
  private int firstBehind(int row, WindowSpec.Bound bound) {
    return search(row, bound, true);
  }

  private int search(int row, WindowSpec.Bound bound, boolean behind) {
    SortField by = order.get(0);
    Object key = rows.get(row)[by.field()];
    if (key == null) {
      return behind ? peersEnd[row] : peersBegin[row];
    }
    BigDecimal offset = number(rows.get(row)[bound.offset()]);
    boolean towardsGreater = bound.following() != by.descending();
    BigDecimal limit = towardsGreater ? number(key).add(offset) : number(key).subtract(offset);
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int side = side(rows.get(middle)[by.field()], limit, by);
      if (side < 0 || (behind && side == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a key comes before a limit in the order (−1), is it (0) or comes behind (1). */
  private static int side(@Nullable Object key, BigDecimal limit, SortField by) {
    if (key == null) {
      return by.nullsFirst() ? -1 : 1;
    }
    int order = number(key).compareTo(limit);
    return by.descending() ? -order : order;
  }

  private static BigDecimal number(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Double || value instanceof Float) {
      return BigDecimal.valueOf(((Number) value).doubleValue());
    }
    return value instanceof Number number
        ? BigDecimal.valueOf(number.longValue())
        : BigDecimal.ZERO;
  }
}

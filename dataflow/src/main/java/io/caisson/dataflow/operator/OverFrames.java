package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.function.window.Frame;
import io.caisson.function.window.RangeDistance;
import io.caisson.type.DecimalForm;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the rows of one sorted partition. For the thread that steps.
 *
 * <pre>
 *   key      3    5  5    6    9          of the first 5:
 *            ─────────────────────
 *   ROWS          ■──▶                    BETWEEN CURRENT ROW AND 1 FOLLOWING
 *   GROUPS        ■───────▶               BETWEEN CURRENT ROW AND 1 FOLLOWING
 *   RANGE    ◀────■───────▶               BETWEEN 2 PRECEDING AND 1 FOLLOWING
 * </pre>
 */
final class OverFrames {
  private final Frame frame;
  private final SortedPartition rows;
  private final OverSpec.@Nullable SortColumn key;
  private final @Nullable RowCodec beforeKey;
  private final TypeKind.Physical form;

  /** Where groups of peers begin, once they were asked for. */
  private int @Nullable [] groups;

  OverFrames(OverSpec spec, Frame frame, SortedPartition rows, List<SqlType> types) {
    this.frame = frame;
    this.rows = rows;
    this.key = spec.order().size() == 1 ? spec.order().get(0) : null;
    this.beforeKey = key == null ? null : rows.before(key.column());
    this.form = key == null ? TypeKind.Physical.LONG : types.get(key.column()).physical();
  }

  /** The first row of a row's frame. */
  int begin(int row) {
    RangeDistance distance = frame.startDistance();
    if (distance != null) {
      return search(row, distance, false);
    }
    if (frame.beginsWithPartition()) {
      return 0;
    }
    return switch (frame.unit()) {
      case ROWS -> clamped(row - frame.start());
      case GROUPS -> groupBegin(row, -frame.start());
      case RANGE -> rows.firstPeer(row);
    };
  }

  /** Behind the last row of a row's frame. */
  int end(int row) {
    RangeDistance distance = frame.endDistance();
    if (distance != null) {
      return search(row, distance, true);
    }
    if (frame.endsWithPartition()) {
      return rows.size();
    }
    return switch (frame.unit()) {
      case ROWS -> clamped(row + frame.end() + 1);
      case GROUPS -> groupBegin(row, frame.end() + 1);
      case RANGE -> rows.behindPeers(row);
    };
  }

  /** Whether frames leave out something. */
  boolean haveGaps() {
    return frame.exclusion() != Frame.Exclusion.NOTHING;
  }

  /** Whether a row's frame leaves out another row. */
  boolean excludes(int row, int other) {
    return switch (frame.exclusion()) {
      case NOTHING -> false;
      case ROW -> other == row;
      case GROUP -> rows.firstPeer(other) == rows.firstPeer(row);
      case TIES -> other != row && rows.firstPeer(other) == rows.firstPeer(row);
    };
  }

  private int clamped(long row) {
    return (int) Math.max(0, Math.min(rows.size(), row));
  }

  /** The first row of the group so far behind a row's, or the partition's end beyond that. */
  private int groupBegin(int row, long distance) {
    int[] begins = groups;
    if (begins == null) {
      begins = new int[rows.size()];
      int count = 0;
      for (int i = 0; i < rows.size(); i = rows.behindPeers(i)) {
        begins[count++] = i;
      }
      begins = Arrays.copyOf(begins, count);
      groups = begins;
    }
    long group = Arrays.binarySearch(begins, rows.firstPeer(row)) + distance;
    return group <= 0 ? 0 : group >= begins.length ? rows.size() : begins[(int) group];
  }

  /** Where a frame begins or ends that reaches so far in the values of the order. */
  private int search(int row, RangeDistance distance, boolean behind) {
    OverSpec.SortColumn by = Objects.requireNonNull(key);
    RowReader reader = rows.value(row, Objects.requireNonNull(beforeKey));
    if (reader.takeNull()) {
      return behind ? rows.behindPeers(row) : rows.firstPeer(row);
    }
    boolean above = behind != by.descending();
    if (distance instanceof RangeDistance.Whole whole) {
      long limit = whole.limit(reader.takeLong(), above);
      return search(behind, by, found -> Long.compare(found.takeLong(), limit));
    }
    Object limit = distance.limit(take(reader), above);
    return search(behind, by, found -> distance.compare(take(found), limit));
  }

  /** Compares the value that a reader stands at with a limit. */
  @FunctionalInterface
  private interface Limit {
    int compare(RowReader value);
  }

  private int search(boolean behind, OverSpec.SortColumn by, Limit limit) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int side = side(middle, limit, by);
      if (side < 0 || (behind && side == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Whether a row's value comes before a limit in the order (−1), is it (0) or comes behind (1).
   */
  private int side(int row, Limit limit, OverSpec.SortColumn by) {
    RowReader reader = rows.value(row, Objects.requireNonNull(beforeKey));
    if (reader.takeNull()) {
      return by.nullsFirst() ? -1 : 1;
    }
    int order = limit.compare(reader);
    return by.descending() ? -order : order;
  }

  private Object take(RowReader reader) {
    return switch (form) {
      case LONG -> (Object) reader.takeLong();
      case DOUBLE -> (Object) reader.takeDouble();
      case BYTES -> {
        reader.takeBytes();
        yield DecimalForm.decode(reader.value(), reader.valueStart(), reader.valueLength());
      }
    };
  }
}

package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The results of one function for the rows of a partition, from the first to the last. For the
 * thread that steps.
 */
final class OverResults {
  private final OverSpec.Call call;
  private final SortedPartition rows;
  private final @Nullable RowCodec before;
  private final @Nullable RowCodec value;
  private final TypeKind.Physical form;
  private final OverSpec.@Nullable SortColumn key;
  private final @Nullable RowCodec beforeKey;
  private long denseRank;
  private int begin;
  private int end;
  private long count;
  private @Nullable OverSum sum;
  private byte @Nullable [] extreme;

  OverResults(OverSpec spec, OverSpec.Call call, SortedPartition rows, List<SqlType> types) {
    this.call = call;
    this.rows = rows;
    this.form =
        call.argument().isPresent()
            ? types.get(call.argument().getAsInt()).physical()
            : TypeKind.Physical.LONG;
    this.key = spec.order().size() == 1 ? spec.order().get(0) : null;
    this.beforeKey = key == null ? null : rows.before(key.column());
    boolean of = call.argument().isPresent();
    this.before = of ? rows.before(call.argument().getAsInt()) : null;
    this.value = of ? RowCodec.ofColumns(types, List.of(call.argument().getAsInt())) : null;
  }

  /** The rank of a row; rows are asked for one after the other. */
  long rank(int row) {
    return switch (call.function()) {
      case ROW_NUMBER -> row + 1L;
      case RANK -> rows.firstPeer(row) + 1L;
      case DENSE_RANK -> rows.firstPeer(row) == row ? ++denseRank : denseRank;
      default -> throw new IllegalStateException(call.function() + " does not rank");
    };
  }

  /** Passes over a row whose result is not wanted. */
  void pass(int row) {
    if (call.function() == OverSpec.Function.DENSE_RANK) {
      long unused = rank(row);
    }
  }

  /** Appends the result for a row; rows are asked for one after the other. */
  void append(int row, RowBuffer out) {
    switch (call.function()) {
      case ROW_NUMBER, RANK, DENSE_RANK -> out.appendLong(rank(row));
      case LAG -> appendValue(row - (long) call.offset(), out);
      case LEAD -> appendValue(row + (long) call.offset(), out);
      case FIRST_VALUE -> {
        int first = frameBegin(row);
        appendValue(first < frameEnd(row) ? first : -1, out);
      }
      case LAST_VALUE -> {
        int last = frameEnd(row) - 1;
        appendValue(last >= frameBegin(row) ? last : -1, out);
      }
      case COUNT, SUM, AVG, MIN, MAX -> aggregate(row, out);
    }
  }

  private void appendValue(long row, RowBuffer out) {
    if (row < 0 || row >= rows.size()) {
      out.appendNull();
      return;
    }
    byte[] found = value((int) row);
    out.appendEncoded(found, 0, found.length);
  }

  private byte[] value(int row) {
    if (before == null || value == null) {
      throw new IllegalStateException(call.function() + " without an argument");
    }
    RowReader reader = rows.value(row, before);
    int start = reader.position();
    value.pass(reader);
    return Arrays.copyOfRange(rows.bytes(), start, reader.position());
  }

  private int frameBegin(int row) {
    OverSpec.Frame frame = call.frame();
    if (frame.start() == OverSpec.Frame.ALL) {
      return 0;
    }
    if (!frame.peers()) {
      return clamped(row - frame.start());
    }
    return frame.start() == 0 ? rows.firstPeer(row) : search(row, frame.start(), false);
  }

  private int frameEnd(int row) {
    OverSpec.Frame frame = call.frame();
    if (frame.end() == OverSpec.Frame.ALL) {
      return rows.size();
    }
    if (!frame.peers()) {
      return clamped(row + frame.end() + 1);
    }
    return frame.end() == 0 ? rows.behindPeers(row) : search(row, frame.end(), true);
  }

  /**
   * Where a frame ends that reaches so far in the values of the order.
   *
   * @param distance outwards, from the row's own value
   * @param behind whether it is the frame's end, or its begin
   */
  private int search(int row, long distance, boolean behind) {
    OverSpec.SortColumn by = Objects.requireNonNull(key);
    RowReader reader = rows.value(row, Objects.requireNonNull(beforeKey));
    if (reader.takeNull()) {
      return behind ? rows.behindPeers(row) : rows.firstPeer(row);
    }
    long own = reader.takeLong();
    long limit = behind != by.descending() ? plus(own, distance) : minus(own, distance);
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
  private int side(int row, long limit, OverSpec.SortColumn by) {
    RowReader reader = rows.value(row, Objects.requireNonNull(beforeKey));
    if (reader.takeNull()) {
      return by.nullsFirst() ? -1 : 1;
    }
    int order = Long.compare(reader.takeLong(), limit);
    return by.descending() ? -order : order;
  }

  private static long plus(long value, long distance) {
    long sum = value + distance;
    boolean overflows = ((value ^ sum) & (distance ^ sum)) < 0;
    return overflows ? distance < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
  }

  private static long minus(long value, long distance) {
    return distance == Long.MIN_VALUE ? Long.MAX_VALUE : plus(value, -distance);
  }

  private int clamped(long row) {
    return (int) Math.max(0, Math.min(rows.size(), row));
  }

  /** A frame that begins where the one before did goes on from there; else it is added up anew. */
  private void aggregate(int row, RowBuffer out) {
    int from = frameBegin(row);
    int to = frameEnd(row);
    if (from != begin || to < end) {
      begin = from;
      end = from;
      count = 0;
      sum = null;
      extreme = null;
    }
    for (; end < to; end++) {
      add(end);
    }
    switch (call.function()) {
      case COUNT -> out.appendLong(count);
      case SUM, AVG -> {
        OverSum found = sum;
        if (found == null) {
          out.appendNull();
        } else {
          found.append(out);
        }
      }
      default -> {
        byte[] found = extreme;
        if (found == null) {
          out.appendNull();
        } else {
          out.appendEncoded(found, 0, found.length);
        }
      }
    }
  }

  private void add(int row) {
    if (before == null) {
      count++;
      return;
    }
    RowReader reader = rows.value(row, before);
    if (reader.takeNull()) {
      return;
    }
    count++;
    switch (call.function()) {
      case SUM, AVG -> {
        if (sum == null) {
          sum = OverSum.of(form, call.function() == OverSpec.Function.AVG);
        }
        sum.add(reader);
      }
      case MIN, MAX -> {
        byte[] found = value(row);
        byte[] known = extreme;
        int order = known == null ? 0 : Arrays.compareUnsigned(found, known);
        if (known == null || (call.function() == OverSpec.Function.MIN ? order < 0 : order > 0)) {
          extreme = found;
        }
      }
      default -> {}
    }
  }
}

package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;
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
  private final OverFrames frames;
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
    this.frames = new OverFrames(spec, call.frame(), rows, types);
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
      case FIRST_VALUE -> appendValue(first(row), out);
      case LAST_VALUE -> appendValue(last(row), out);
      case COUNT, SUM, AVG, MIN, MAX -> aggregate(row, out);
    }
  }

  /** The first row of a row's frame, or −1. */
  private int first(int row) {
    int end = frames.end(row);
    for (int i = frames.begin(row); i < end; i++) {
      if (!frames.excludes(row, i)) {
        return i;
      }
    }
    return -1;
  }

  /** The last row of a row's frame, or −1. */
  private int last(int row) {
    int begin = frames.begin(row);
    for (int i = frames.end(row) - 1; i >= begin; i--) {
      if (!frames.excludes(row, i)) {
        return i;
      }
    }
    return -1;
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

  /** A frame that begins where the one before did goes on from there; else it is added up anew. */
  private void aggregate(int row, RowBuffer out) {
    int from = frames.begin(row);
    int to = frames.end(row);
    if (from != begin || to < end || frames.haveGaps()) {
      begin = from;
      end = from;
      count = 0;
      sum = null;
      extreme = null;
    }
    for (; end < to; end++) {
      if (!frames.excludes(row, end)) {
        add(end);
      }
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

package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.function.aggregate.BigintSum;
import io.caisson.type.SqlType;
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
  private long denseRank;
  private int begin;
  private int end;
  private long count;
  private BigintSum sum = new BigintSum();
  private byte @Nullable [] extreme;

  OverResults(OverSpec.Call call, SortedPartition rows, List<SqlType> types) {
    this.call = call;
    this.rows = rows;
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
      case COUNT, SUM, MIN, MAX -> aggregate(row, out);
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
    return frame.peers() ? rows.firstPeer(row) : clamped(row - frame.start());
  }

  private int frameEnd(int row) {
    OverSpec.Frame frame = call.frame();
    if (frame.end() == OverSpec.Frame.ALL) {
      return rows.size();
    }
    return frame.peers() ? rows.behindPeers(row) : clamped(row + frame.end() + 1);
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
      sum = new BigintSum();
      extreme = null;
    }
    for (; end < to; end++) {
      add(end);
    }
    switch (call.function()) {
      case COUNT -> out.appendLong(count);
      case SUM -> {
        if (count == 0) {
          out.appendNull();
        } else {
          out.appendLong(sum.sum());
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
      case SUM -> sum.add(reader.takeLong());
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

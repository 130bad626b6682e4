package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a window, its rows sorted, and what the functions answer there. For one thread.
 */
final class WindowPartition {
  private final List<@Nullable Object[]> rows;
  private final WindowFrames frames;

  /** For each row the first of those that are equal in the window's order, and behind the last. */
  private final int[] peersBegin;

  private final int[] peersEnd;

  WindowPartition(WindowSpec window, List<@Nullable Object[]> rows) {
    this.rows = rows;
    this.peersBegin = new int[rows.size()];
    this.peersEnd = new int[rows.size()];
    findPeers(SortField.order(window.order()));
    this.frames = new WindowFrames(window, rows, peersBegin, peersEnd);
  }

  private void findPeers(Comparator<@Nullable Object[]> order) {
    int begin = 0;
    for (int i = 1; i <= rows.size(); i++) {
      if (i == rows.size() || order.compare(rows.get(i - 1), rows.get(i)) != 0) {
        for (int peer = begin; peer < i; peer++) {
          peersBegin[peer] = begin;
          peersEnd[peer] = i;
        }
        begin = i;
      }
    }
  }

  /** The results of a call, row by row. */
  @Nullable Object[] results(WindowSpec.Call call) {
    if (call.function() == WindowSpec.Function.AGGREGATE) {
      return aggregates(call);
    }
    @Nullable Object[] results = new Object[rows.size()];
    long dense = 0;
    for (int i = 0; i < results.length; i++) {
      dense += peersBegin[i] == i ? 1 : 0;
      results[i] = call.result().apply(result(call, i, dense));
    }
    return results;
  }

  private @Nullable Object result(WindowSpec.Call call, int row, long dense) {
    int count = rows.size();
    return switch (call.function()) {
      case ROW_NUMBER -> row + 1L;
      case RANK -> peersBegin[row] + 1L;
      case DENSE_RANK -> dense;
      case PERCENT_RANK -> count == 1 ? 0.0 : (double) peersBegin[row] / (count - 1);
      case CUME_DIST -> (double) peersEnd[row] / count;
      case NTILE -> tile(call, row);
      case LAG -> neighbour(call, row, -1);
      case LEAD -> neighbour(call, row, 1);
      case FIRST_VALUE -> valueInFrame(call, row, 1, false);
      case LAST_VALUE -> valueInFrame(call, row, 1, true);
      case NTH_VALUE -> nth(call, row);
      case AGGREGATE -> throw new IllegalStateException("aggregates have a way of their own");
    };
  }

  private @Nullable Object argument(WindowSpec.Call call, int row, int index) {
    return rows.get(row)[call.arguments().get(index)];
  }

  private @Nullable Object tile(WindowSpec.Call call, int row) {
    Object argument = argument(call, 0, 0);
    if (argument == null) {
      return null;
    }
    long tiles = ((Number) argument).longValue();
    if (tiles <= 0) {
      throw new CaissonException(
          SqlState.INVALID_NTILE, "argument of ntile must be greater than zero");
    }
    long size = rows.size() / tiles;
    long larger = rows.size() % tiles;
    long inLarger = larger * (size + 1);
    return row < inLarger ? row / (size + 1) + 1 : larger + (row - inLarger) / size + 1;
  }

  /** LAG and LEAD. */
  private @Nullable Object neighbour(WindowSpec.Call call, int row, int direction) {
    Object distance = call.arguments().size() > 1 ? argument(call, row, 1) : Long.valueOf(1);
    if (distance == null) {
      return null;
    }
    long steps = ((Number) distance).longValue();
    long target = row + direction * steps;
    if (call.ignoreNulls() && steps != 0) {
      target = passingNulls(call, row, direction * Long.signum(steps), Math.abs(steps));
    }
    if (target >= 0 && target < rows.size()) {
      return argument(call, (int) target, 0);
    }
    return call.arguments().size() > 2 ? argument(call, row, 2) : null;
  }

  private long passingNulls(WindowSpec.Call call, int row, int step, long steps) {
    long left = steps;
    int at = row;
    while (left > 0 && at >= 0 && at < rows.size()) {
      at += step;
      if (at >= 0 && at < rows.size() && argument(call, at, 0) != null) {
        left--;
      }
    }
    return left > 0 ? -1 : at;
  }

  private @Nullable Object nth(WindowSpec.Call call, int row) {
    Object argument = argument(call, row, 1);
    if (argument == null) {
      return null;
    }
    long n = ((Number) argument).longValue();
    if (n <= 0) {
      throw new CaissonException(
          SqlState.INVALID_NTH_VALUE, "argument of nth_value must be greater than zero");
    }
    return valueInFrame(call, row, n, false);
  }

  private @Nullable Object valueInFrame(WindowSpec.Call call, int row, long n, boolean fromEnd) {
    int begin = frames.begin(row);
    int end = frames.end(row);
    long left = n;
    for (int k = 0; k < end - begin; k++) {
      int at = fromEnd ? end - 1 - k : begin + k;
      boolean counts =
          !frames.excludes(row, at) && !(call.ignoreNulls() && argument(call, at, 0) == null);
      if (counts && --left == 0) {
        return argument(call, at, 0);
      }
    }
    return null;
  }

  /**
   * Aggregates over frames. While frames begin where the partition begins, each takes what the one
   * before had and adds what is new; the same from the other end; else each is computed anew.
   */
  private @Nullable Object[] aggregates(WindowSpec.Call call) {
    AggregateSpec aggregate = Objects.requireNonNull(call.aggregate());
    @Nullable Object[] results = new Object[rows.size()];
    if (frames.grow()) {
      AggregateSpec.State state = aggregate.start();
      int added = 0;
      for (int i = 0; i < results.length; i++) {
        int end = frames.end(i);
        boolean same = i > 0 && added >= end;
        for (; added < end; added++) {
          state.add(rows.get(added));
        }
        results[i] = same ? results[i - 1] : state.result();
      }
    } else if (frames.shrink() && aggregate.anyOrder()) {
      AggregateSpec.State state = aggregate.start();
      int added = rows.size();
      for (int i = results.length - 1; i >= 0; i--) {
        for (; added > frames.begin(i); added--) {
          state.add(rows.get(added - 1));
        }
        results[i] = state.result();
      }
    } else {
      for (int i = 0; i < results.length; i++) {
        results[i] = anew(aggregate, i);
      }
    }
    return results;
  }

  private @Nullable Object anew(AggregateSpec aggregate, int row) {
    AggregateSpec.State state = aggregate.start();
    for (int i = frames.begin(row); i < frames.end(row); i++) {
      if (!frames.excludes(row, i)) {
        state.add(rows.get(i));
      }
    }
    return state.result();
  }
}

package io.caisson.sql.runtime;

import io.caisson.function.window.WindowAssigner;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * TUMBLE, HOP, CUMULATE: each row with each window that its time falls into behind its own fields;
 * a row without a time is in none. Immutable.
 *
 * @param width how many fields the input has
 * @param timeField position of the time, in milliseconds
 * @param assigner the windows, in milliseconds
 */
public record WindowedRows(int width, int timeField, WindowAssigner assigner)
    implements RowOperation {
  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return new Windows(inputs.get(0).enumerator());
      }
    };
  }

  @Override
  public String text() {
    return "Window " + assigner.functionName();
  }

  /** Goes over the windows of each row. */
  private final class Windows implements Enumerator<@Nullable Object[]> {
    private final Enumerator<@Nullable Object[]> rows;
    private final long[] starts = new long[assigner.windowsOfATime()];
    private final long[] ends = new long[assigner.windowsOfATime()];
    private int count;
    private int window;

    Windows(Enumerator<@Nullable Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public @Nullable Object[] current() {
      return withWindow(rows.current(), width, starts[window], ends[window]);
    }

    @Override
    public boolean moveNext() {
      window++;
      while (window >= count) {
        if (!rows.moveNext()) {
          return false;
        }
        @Nullable Object[] row = rows.current();
        count = row[timeField] instanceof Long time ? assigner.assign(time, starts, ends) : 0;
        window = 0;
      }
      return true;
    }

    @Override
    public void reset() {
      rows.reset();
      count = 0;
      window = 0;
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  static @Nullable Object[] withWindow(@Nullable Object[] row, int width, long start, long end) {
    @Nullable Object[] result = Arrays.copyOf(row, width + 2);
    result[width] = start;
    result[width + 1] = end;
    return result;
  }
}

package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.window.TumblingWindows;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Appends to each row the begin and the end of the tumbling window its time falls into. A row that
 * is too late, because its window had ended by the watermark before the row, or that has no time,
 * goes to another output, with the window it missed (NULL without a time). Linear: needs no state.
 */
public final class TumbleOperator implements UnaryOperator {
  private final int timeColumn;
  private final TumblingWindows windows;
  private final Output late;

  /**
   * A tumbling window.
   *
   * @param timeColumn position of the column of microseconds
   * @param windows the windows
   * @param late takes the rows that are too late
   */
  public TumbleOperator(int timeColumn, TumblingWindows windows, Output late) {
    this.timeColumn = timeColumn;
    this.windows = windows;
    this.late = late;
  }

  @Override
  public void process(Batch input, Output out) {
    int size = input.size();
    if (size == 0) {
      return;
    }
    var times = (LongColumn) input.rows().column(timeColumn);
    long[] starts = new long[size];
    long[] ends = new long[size];
    fillWindows(times, starts, ends);
    int[] inTime = new int[size];
    int[] tooLate = new int[size];
    int inTimeCount = 0;
    int lateCount = 0;
    long[] watermarks = input.watermarks();
    for (int row = 0; row < size; row++) {
      if (times.isNull(row) || (watermarks != null && ends[row] <= watermarks[row])) {
        tooLate[lateCount++] = row;
      } else {
        inTime[inTimeCount++] = row;
      }
    }
    Columns withWindows = append(input.rows(), starts, ends, times.nulls());
    if (lateCount == 0) {
      out.emit(new Batch(withWindows, input.weights(), watermarks));
      return;
    }
    if (inTimeCount > 0) {
      out.emit(Batches.gather(input, withWindows, inTime, inTimeCount));
    }
    late.emit(Batches.gather(input, withWindows, tooLate, lateCount));
  }

  /** Rows come roughly in the order of time: most fall into the window of the row before. */
  private void fillWindows(LongColumn times, long[] starts, long[] ends) {
    long start = 0;
    long end = 0;
    for (int row = 0; row < starts.length; row++) {
      if (times.isNull(row)) {
        continue;
      }
      long time = times.value(row);
      if (time < start || time >= end) {
        start = windows.startOf(time);
        end = windows.endOf(time);
      }
      starts[row] = start;
      ends[row] = end;
    }
  }

  private static Columns append(Columns rows, long[] starts, long[] ends, long @Nullable [] nulls) {
    var columns = new ArrayList<Column>(rows.columns());
    columns.add(new LongColumn(starts, nulls, rows.size()));
    columns.add(new LongColumn(ends, nulls, rows.size()));
    return new Columns(columns, rows.size());
  }
}

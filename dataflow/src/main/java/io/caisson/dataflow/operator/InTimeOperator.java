package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.Batch;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Lets rows pass whose time the watermark before them had not passed, and rows without a time,
 * which meet nothing. The others go to another output, with the times of the rows that they would
 * have met. Linear: needs no state.
 */
public final class InTimeOperator implements UnaryOperator {
  private final int timeColumn;
  private final long from;
  private final long to;
  private final @Nullable Output late;

  /**
   * A gate.
   *
   * @param timeColumn position of the column of microseconds
   * @param from how far behind its own time, in microseconds, the first time is that a row meets
   * @param to how far the last one is
   * @param late takes the rows that do not pass; null where there are none
   */
  public InTimeOperator(int timeColumn, long from, long to, @Nullable Output late) {
    this.timeColumn = timeColumn;
    this.from = from;
    this.to = to;
    this.late = late;
  }

  @Override
  public void process(Batch input, Output out) {
    var times = (LongColumn) input.rows().column(timeColumn);
    long[] watermarks = input.watermarks();
    int[] inTime = new int[input.size()];
    int[] tooLate = new int[input.size()];
    int passing = 0;
    int missing = 0;
    for (int row = 0; row < input.size(); row++) {
      boolean missed =
          watermarks != null && !times.isNull(row) && times.value(row) < watermarks[row];
      if (missed) {
        tooLate[missing++] = row;
      } else {
        inTime[passing++] = row;
      }
    }
    if (passing > 0) {
      out.emit(missing == 0 ? input : Batches.gather(input, inTime, passing));
    }
    if (missing > 0 && late != null) {
      late.emit(withWindows(Batches.gather(input, tooLate, missing)));
    }
  }

  private Batch withWindows(Batch rows) {
    var times = (LongColumn) rows.rows().column(timeColumn);
    long[] starts = new long[rows.size()];
    long[] ends = new long[rows.size()];
    for (int row = 0; row < starts.length; row++) {
      starts[row] = times.value(row) + from;
      ends[row] = times.value(row) + to;
    }
    var columns = new ArrayList<Column>(rows.rows().columns());
    columns.add(new LongColumn(starts, null, starts.length));
    columns.add(new LongColumn(ends, null, ends.length));
    return new Batch(new Columns(columns, rows.size()), rows.weights(), null);
  }
}

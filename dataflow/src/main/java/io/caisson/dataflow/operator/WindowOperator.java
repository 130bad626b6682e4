package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.column.Nulls;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.window.WindowAssigner;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends to each row the begin and the end of a window its time falls into; a row in several
 * windows comes out several times. A row is too late for a window that had ended by the watermark
 * before the row; with that window it goes to another output. So does a row without a time, with
 * NULLs for the window. Linear: needs no state.
 */
public final class WindowOperator implements UnaryOperator {
  private final int timeColumn;
  private final WindowAssigner assigner;
  private final boolean checksWatermark;
  private final @Nullable Output late;
  private final long[] starts;
  private final long[] ends;

  /**
   * A window.
   *
   * @param timeColumn position of the column of microseconds
   * @param assigner the windows, in microseconds
   * @param checksWatermark whether rows can be too late
   * @param late takes the rows that are too late or have no time; null where there are none
   */
  public WindowOperator(
      int timeColumn, WindowAssigner assigner, boolean checksWatermark, @Nullable Output late) {
    this.timeColumn = timeColumn;
    this.assigner = assigner;
    this.checksWatermark = checksWatermark;
    this.late = late;
    this.starts = new long[assigner.windowsOfATime()];
    this.ends = new long[assigner.windowsOfATime()];
  }

  @Override
  public void process(Batch input, Output out) {
    var times = (LongColumn) input.rows().column(timeColumn);
    long[] watermarks = checksWatermark ? input.watermarks() : null;
    var inTime = new Part(input.size());
    var tooLate = new Part(0);
    boolean apart = assigner.apart();
    int windows = 0;
    for (int row = 0; row < input.size(); row++) {
      if (times.isNull(row)) {
        tooLate.addWithout(row);
        continue;
      }
      long time = times.value(row);
      // Rows come roughly in the order of time: most fall into the window of the row before.
      if (!apart || windows == 0 || time < starts[0] || time >= ends[0]) {
        windows = assigner.assign(time, starts, ends);
      }
      for (int i = 0; i < windows; i++) {
        boolean missed = watermarks != null && ends[i] <= watermarks[row];
        (missed ? tooLate : inTime).add(row, starts[i], ends[i]);
      }
    }
    if (inTime.count > 0) {
      out.emit(inTime.of(input));
    }
    if (tooLate.count > 0 && late != null) {
      late.emit(tooLate.of(input));
    }
  }

  /** Rows with a window each. */
  private static final class Part {
    private int[] rows;
    private long[] starts;
    private long[] ends;
    private int count;
    private long @Nullable [] nulls;

    Part(int capacity) {
      rows = new int[capacity];
      starts = new long[capacity];
      ends = new long[capacity];
    }

    void add(int row, long start, long end) {
      if (count == rows.length) {
        int length = Math.max(16, 2 * count);
        rows = Arrays.copyOf(rows, length);
        starts = Arrays.copyOf(starts, length);
        ends = Arrays.copyOf(ends, length);
      }
      rows[count] = row;
      starts[count] = start;
      ends[count++] = end;
    }

    void addWithout(int row) {
      nulls = Nulls.set(nulls, count);
      add(row, 0, 0);
    }

    Batch of(Batch input) {
      Batch gathered = isAll(input.size()) ? input : Batches.gather(input, rows, count);
      var columns = new ArrayList<Column>(gathered.rows().columns());
      columns.add(new LongColumn(starts, nulls, count));
      columns.add(new LongColumn(ends, nulls, count));
      return new Batch(new Columns(columns, count), gathered.weights(), gathered.watermarks());
    }

    private boolean isAll(int size) {
      if (count != size) {
        return false;
      }
      for (int i = 0; i < size; i++) {
        if (rows[i] != i) {
          return false;
        }
      }
      return true;
    }
  }
}

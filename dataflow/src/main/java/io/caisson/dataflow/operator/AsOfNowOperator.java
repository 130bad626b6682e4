package io.caisson.dataflow.operator;

import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.watermark.WatermarkTracker;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;

/**
 * Puts rows out from a time on, or takes them back at that time, as the clock goes on. The clock is
 * an input whose watermark is the latest tick. Its state is the rows whose time has not come,
 * sorted by it. For the thread that steps.
 */
final class AsOfNowOperator implements UnaryOperator {
  private final KeyedRowCodec codec;
  private final int timeColumn;
  private final int clock;
  private final long after;
  private final boolean leaves;
  private final Arrangement waiting;
  private final RowBuffer changes = new RowBuffer();
  private long now = WatermarkTracker.NONE;
  private long next = WatermarkTracker.NONE;

  /**
   * A filter by the clock.
   *
   * @param types types of the rows' columns
   * @param timeColumn position of the column of microseconds
   * @param clock the number of the circuit's input that is the clock
   * @param after how long after its time a row comes or leaves
   * @param leaves whether rows are there until then, or from then on
   * @param opener gives the state's arrangement
   */
  AsOfNowOperator(
      List<SqlType> types,
      int timeColumn,
      int clock,
      long after,
      boolean leaves,
      ArrangementOpener opener) {
    this.codec = new KeyedRowCodec(types, List.of(timeColumn), true);
    this.timeColumn = timeColumn;
    this.clock = clock;
    this.after = after;
    this.leaves = leaves;
    this.waiting = opener.open("waiting");
  }

  @Override
  public void process(Batch input, Output out) {
    var times = (LongColumn) input.rows().column(timeColumn);
    KeyedRowCodec.Input columns = codec.inputOf(input.rows());
    int[] passing = new int[input.size()];
    int count = 0;
    for (int row = 0; row < passing.length; row++) {
      if (!times.isNull(row) && input.weight(row) != 0) {
        boolean over = isOver(times.value(row), now);
        if (!over) {
          codec.encode(columns, row, changes);
          changes.endRow(input.weight(row));
        }
        if (over != leaves) {
          passing[count++] = row;
        }
      }
    }
    if (count > 0) {
      out.emit(
          new Batch(
              input.rows().gather(passing, count),
              Batches.gather(input, passing, count).weights(),
              null));
    }
  }

  private boolean isOver(long time, long at) {
    return at != WatermarkTracker.NONE && time <= last(at);
  }

  /** The last time of a row that comes or leaves at a time. */
  private long last(long at) {
    return at - after;
  }

  @Override
  public void advance(long[] watermarks) {
    next = Math.max(now, watermarks[clock]);
  }

  @Override
  public void endStep(Output out) {
    waiting.add(SortedRows.of(changes));
    changes.clear();
    if (next <= now) {
      return;
    }
    var removed = new RowBuffer();
    var emitter = new RowEmitter(codec.types(), null, out);
    try (Snapshot snapshot = waiting.snapshot()) {
      Cursor cursor = snapshot.cursor();
      byte[] from = now == WatermarkTracker.NONE ? new byte[0] : place(last(now));
      boolean more = cursor.seekRange(from, place(last(next) + 1));
      for (; more; more = cursor.next()) {
        removed.appendEncoded(cursor.bytes(), 0, cursor.length());
        removed.endRow(-cursor.weight());
        codec.decode(cursor.bytes(), 0, emitter.row(), 0);
        emitter.endRow(leaves ? -cursor.weight() : cursor.weight());
      }
    }
    now = next;
    waiting.add(SortedRows.of(removed));
    emitter.flush();
  }

  private static byte[] place(long time) {
    var place = new RowBuffer();
    place.appendLong(time);
    return Arrays.copyOf(place.bytes(), place.end());
  }

  @Override
  public List<Arrangement> state() {
    return List.of(waiting);
  }

  @Override
  public long memoryBytes() {
    return changes.memoryBytes();
  }
}

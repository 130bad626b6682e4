package io.caisson.dataflow.operator;

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
 * Holds rows back until they stand, and then puts them out. Its state is the rows that are held
 * back, sorted by the time by which they settle; a row whose time is NULL never does. Where nothing
 * changes that stands, its output only grows; else what changes is put out at once. For the thread
 * that steps.
 */
public final class EmitOnCloseOperator implements UnaryOperator {
  private final KeyedRowCodec codec;
  private final Expiry expiry;
  private final Arrangement pending;
  private final RowBuffer changes = new RowBuffer();
  private long through = WatermarkTracker.NONE;
  private long done = WatermarkTracker.NONE;

  /**
   * Rows that are put out when they stand.
   *
   * @param types types of the rows' columns
   * @param expiry when rows stand
   * @param opener gives the state's arrangement
   */
  public EmitOnCloseOperator(List<SqlType> types, Expiry expiry, ArrangementOpener opener) {
    this.codec = new KeyedRowCodec(types, List.of(expiry.column()), true);
    this.expiry = expiry;
    this.pending = opener.open("pending");
  }

  @Override
  public void process(Batch input, Output out) {
    KeyedRowCodec.Input columns = codec.inputOf(input.rows());
    for (int row = 0; row < input.size(); row++) {
      if (input.weight(row) != 0) {
        codec.encode(columns, row, changes);
        changes.endRow(input.weight(row));
      }
    }
  }

  @Override
  public void advance(long[] watermarks) {
    through = expiry.through(watermarks);
  }

  @Override
  public void endStep(Output out) {
    boolean corrected = expiry.byClock() && changes.size() > 0;
    pending.add(SortedRows.of(changes));
    changes.clear();
    if (through <= done && !(corrected && done != WatermarkTracker.NONE)) {
      return;
    }
    var removed = new RowBuffer();
    var emitter = new RowEmitter(codec.types(), null, out);
    try (Snapshot snapshot = pending.snapshot()) {
      Cursor cursor = snapshot.cursor();
      boolean more =
          cursor.seekRange(new byte[0], place(through == Long.MAX_VALUE ? through : through + 1));
      for (; more; more = cursor.next()) {
        removed.appendEncoded(cursor.bytes(), 0, cursor.length());
        removed.endRow(-cursor.weight());
        codec.decode(cursor.bytes(), 0, emitter.row(), 0);
        emitter.endRow(cursor.weight());
      }
    }
    done = through;
    pending.add(SortedRows.of(removed));
    emitter.flush();
  }

  private static byte[] place(long time) {
    var place = new RowBuffer();
    place.appendLong(time);
    return Arrays.copyOf(place.bytes(), place.end());
  }

  @Override
  public List<Arrangement> state() {
    return List.of(pending);
  }

  @Override
  public long memoryBytes() {
    return changes.memoryBytes();
  }
}

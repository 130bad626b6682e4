package io.caisson.cli.load;

import io.caisson.StreamWriter;
import io.caisson.cli.load.Batch.BadLine;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.LineReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches together with the position behind them, and settles in line order what becomes of
 * bad lines: rejected while there is room for them, else the load stops before the first one too
 * many, with all rows before it appended. A batch that the store refuses is halved until the row is
 * found that it refuses. For one thread.
 */
final class BatchAppender {
  private static final LineReader.Tail NO_TAIL = new LineReader.Tail(0, 0);

  private final StreamWriter writer;
  private final BadLines badLines;
  private long rows;
  private @Nullable BadLine stoppedAt;

  BatchAppender(StreamWriter writer, BadLines badLines) {
    this.writer = writer;
    this.badLines = badLines;
  }

  /** How many rows were appended. */
  long rows() {
    return rows;
  }

  /** The line at which the load had to stop, or null. */
  @Nullable BadLine stoppedAt() {
    return stoppedAt;
  }

  /** Appends a batch; false when the load has to stop. */
  boolean append(Batch batch) {
    int size = batch.rows().size();
    int end = size;
    for (Iterator<BadLine> bad = batch.bad().iterator(); bad.hasNext() && stoppedAt == null; ) {
      BadLine line = bad.next();
      if (badLines.mayReject()) {
        badLines.reject(line.number(), line.reason(), line.bytes());
      } else {
        stoppedAt = line;
        end = rowsBefore(batch, line.number());
      }
    }
    badLines.flush();
    if (stoppedAt == null) {
      appendRange(batch, 0, size, batch.lastLine(), batch.position());
    } else {
      appendUpTo(batch, 0, end);
    }
    return stoppedAt == null;
  }

  private static int rowsBefore(Batch batch, long line) {
    int count = 0;
    while (count < batch.lines().length && batch.lines()[count] < line) {
      count++;
    }
    return count;
  }

  private boolean appendUpTo(Batch batch, int from, int to) {
    return to == from
        || appendRange(
            batch,
            from,
            to,
            batch.lines()[to - 1],
            new LoadPosition(batch.offsets()[to - 1], 0, NO_TAIL));
  }

  // False when a row was refused that may not be rejected; nothing behind it is appended then.
  private boolean appendRange(Batch batch, int from, int to, long sequence, LoadPosition position) {
    if (sequence <= writer.lastSequence()) {
      return true;
    }
    String note = new LoadPosition(position.offset(), badLines.total(), position.tail()).note();
    try {
      writer.append(slice(batch.rows(), from, to), sequence, note);
      rows += to - from;
      return true;
    } catch (CaissonException e) {
      if (e.state() != SqlState.ROW_TOO_LARGE && e.state() != SqlState.NOT_NULL_VIOLATION) {
        throw e;
      }
      if (to - from <= 1) {
        return refuse(batch, from, e) && appendRange(batch, to, to, sequence, position);
      }
      int middle = (from + to) >>> 1;
      return appendUpTo(batch, from, middle) && appendRange(batch, middle, to, sequence, position);
    }
  }

  private boolean refuse(Batch batch, int row, CaissonException why) {
    long line = batch.lines()[row];
    byte[] kept = ("(line " + line + ", which the store refused)").getBytes(StandardCharsets.UTF_8);
    if (!badLines.mayReject()) {
      stoppedAt = new BadLine(line, String.valueOf(why.getMessage()), kept);
      return false;
    }
    badLines.reject(line, String.valueOf(why.getMessage()), kept);
    badLines.flush();
    return true;
  }

  private static Columns slice(Columns rows, int from, int to) {
    if (from == 0 && to == rows.size()) {
      return rows;
    }
    int[] chosen = new int[to - from];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = from + i;
    }
    return rows.gather(chosen, chosen.length);
  }
}

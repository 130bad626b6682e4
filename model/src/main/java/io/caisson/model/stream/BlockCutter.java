package io.caisson.model.stream;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.Block;
import io.caisson.model.codec.BlockEncoder;
import java.util.function.ObjIntConsumer;

/** Cuts rows into blocks that the store takes, as few as that allows. For one thread. */
final class BlockCutter {
  /** Blocks are at most this long, but for a single row that is longer. */
  static final int FULL_BLOCK = 64 << 10;

  /** A row that takes more can't be stored: a value of the store has at most 100,000 bytes. */
  static final int LONGEST_ROW = 90 << 10;

  /** So many bytes before compression are tried as one block first. */
  private static final int FIRST_TRY = 4 * FULL_BLOCK;

  private final BlockEncoder encoder = new BlockEncoder();
  private final int[] positions;
  private final ObjIntConsumer<byte[]> sink;

  /**
   * A cutter that hands on each block, in order, with its number of rows.
   *
   * @param positions where the rows stood in what was to be appended, for errors to name
   */
  BlockCutter(int[] positions, ObjIntConsumer<byte[]> sink) {
    this.positions = positions;
    this.sink = sink;
  }

  /** Cuts all rows. */
  void cut(Columns rows) {
    int from = 0;
    while (from < rows.size()) {
      int count = firstTry(rows, from);
      cut(rows, from, count);
      from += count;
    }
  }

  private void cut(Columns rows, int from, int count) {
    byte[] block = encoder.encode(rows, from, count);
    if (block.length <= FULL_BLOCK || (count == 1 && block.length <= LONGEST_ROW)) {
      sink.accept(block, count);
      return;
    }
    if (count == 1) {
      throw new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "Row "
                  + (positions[from] + 1)
                  + " takes "
                  + block.length
                  + " bytes, more than the "
                  + LONGEST_ROW
                  + " that a row may")
          .withHint("Split it, or keep large contents elsewhere and their address here.");
    }
    int parts = Math.min(count, block.length / FULL_BLOCK + 1);
    int done = 0;
    for (int part = 1; part <= parts; part++) {
      int end = (int) ((long) count * part / parts);
      cut(rows, from + done, end - done);
      done = end;
    }
  }

  /** How many rows from a row on make up {@link #FIRST_TRY} bytes, at least one. */
  private static int firstTry(Columns rows, int from) {
    int most = Math.min(rows.size() - from, Block.MOST_ROWS);
    if (plainBytes(rows, from, most) <= FIRST_TRY) {
      return most;
    }
    int low = 1;
    int high = most;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (plainBytes(rows, from, middle) <= FIRST_TRY) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static long plainBytes(Columns rows, int from, int count) {
    long bytes = 0;
    for (Column column : rows.columns()) {
      bytes += 8L * count;
      if (column instanceof BytesColumn strings) {
        bytes += strings.offsets()[from + count] - strings.offsets()[from];
      }
    }
    return bytes;
  }
}

package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a view once more, sorted by other columns. An index that is made when the view has
 * rows already is built beside the steps, page by page in the order of the view's rows:
 *
 * <pre>
 * rows  ──────────────────────▶
 *       ■■■■■■■■■■■■■■░░░░░░░░░   ■ are entered; of what a step changes, those before the mark are
 *                     ▲           entered too, and those behind it are found by a later page
 * </pre>
 *
 * For the thread that steps; the arrangement may be read by others.
 */
public final class RowIndex {
  private final SortedRowCodec codec;
  private final Arrangement entries;
  private final RowBuffer changes = new RowBuffer();
  private byte @Nullable [] mark;

  /**
   * An index.
   *
   * @param codec how its rows are encoded
   * @param entries its rows
   * @param mark the last row that is entered; empty for none, null for all
   */
  public RowIndex(SortedRowCodec codec, Arrangement entries, byte @Nullable [] mark) {
    this.codec = codec;
    this.entries = entries;
    this.mark = mark;
  }

  /** Whether it has all rows. */
  public boolean complete() {
    return mark == null;
  }

  /** The last row that is entered; empty for none, null where all are. */
  public byte @Nullable [] mark() {
    return mark;
  }

  /** Its rows. */
  public Arrangement entries() {
    return entries;
  }

  /** How its rows are encoded. */
  public SortedRowCodec codec() {
    return codec;
  }

  /** Enters what a step has changed in the view, as far as it is not left to pages to come. */
  public void change(SortedRows delta) {
    byte[] last = mark;
    for (int row = 0; row < delta.size(); row++) {
      if (last != null && isBehind(delta.bytes(), delta.start(row), delta.end(row), last)) {
        break;
      }
      codec.encode(delta.bytes(), delta.start(row), delta.end(row), changes);
      changes.endRow(delta.weight(row));
    }
    add();
  }

  private static boolean isBehind(byte[] bytes, int start, int end, byte[] mark) {
    return Arrays.compareUnsigned(bytes, start, end, mark, 0, mark.length) > 0;
  }

  private void add() {
    entries.add(SortedRows.of(changes));
    changes.clear();
  }

  /**
   * Enters the next rows of the view, between two steps.
   *
   * @param rows the view's rows
   * @param mostBytes about how many bytes they may have
   */
  public void enter(Arrangement rows, int mostBytes) {
    byte[] last = mark;
    if (last == null) {
      return;
    }
    try (Snapshot now = rows.snapshot()) {
      Cursor cursor = now.cursor();
      boolean more = cursor.seek(last, 0, last.length);
      if (more && isMark(cursor, last)) {
        more = cursor.next();
      }
      while (more && changes.end() < mostBytes) {
        codec.encode(cursor.bytes(), 0, cursor.length(), changes);
        changes.endRow(cursor.weight());
        more = cursor.next();
      }
      mark = more ? lastEntered() : null;
    }
    add();
  }

  private byte[] lastEntered() {
    int last = changes.size() - 1;
    int start = codec.rowStart(changes.bytes(), changes.start(last));
    return Arrays.copyOfRange(changes.bytes(), start, changes.end(last));
  }

  private static boolean isMark(Cursor cursor, byte[] mark) {
    return Arrays.equals(cursor.bytes(), 0, cursor.length(), mark, 0, mark.length);
  }
}

package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.type.SqlType;
import java.util.List;

/**
 * What rows in an arrangement are sorted by, in bytes that sort as the keys say, and behind the
 * rows where what follows the keys begins:
 *
 * <pre>
 *   … │ per key: 0, 1 or 2 for the place of NULLs, value │ row │ where the row begins
 * </pre>
 *
 * A descending key's value is inverted. For the thread that steps.
 */
final class SortKeys {
  /** How many bytes say where a row begins. */
  static final int PLACE_BYTES = 4;

  private final List<OverSpec.SortColumn> keys;
  private final List<RowCodec> codecs;
  private final RowBuffer scratch = new RowBuffer();

  SortKeys(List<SqlType> types, List<OverSpec.SortColumn> keys) {
    this.keys = List.copyOf(keys);
    this.codecs =
        keys.stream().map(key -> RowCodec.ofGroups(types, List.of(key.column()))).toList();
  }

  /** The columns of the keys, for {@link #append}. */
  List<Column[]> columnsOf(Columns rows) {
    return codecs.stream().map(codec -> codec.columnsOf(rows)).toList();
  }

  /** Writes the keys of a row. */
  void append(List<Column[]> columns, int row, RowBuffer out) {
    for (int i = 0; i < columns.size(); i++) {
      append(i, columns.get(i), row, out);
    }
  }

  private void append(int index, Column[] column, int row, RowBuffer out) {
    OverSpec.SortColumn key = keys.get(index);
    if (column[0].isNull(row)) {
      out.appendLong(key.nullsFirst() ? 0 : 2);
      return;
    }
    out.appendLong(1);
    scratch.clear();
    codecs.get(index).encode(column, row, scratch);
    if (key.descending()) {
      appendInverted(scratch, out);
    } else {
      out.appendEncoded(scratch.bytes(), 0, scratch.end());
    }
  }

  /** Writes the unfinished row of a buffer with all its bits turned around. */
  static void appendInverted(RowBuffer source, RowBuffer out) {
    out.appendEncoded(inverted(source.bytes(), 0, source.end()), 0, source.end());
  }

  /** Bytes with all their bits turned around. */
  static byte[] inverted(byte[] source, int start, int length) {
    byte[] value = new byte[length];
    for (int i = 0; i < length; i++) {
      value[i] = (byte) ~source[start + i];
    }
    return value;
  }

  /** Writes where a row begins, counted from the begin of the bytes in front of its keys. */
  static void appendPlace(int place, RowBuffer out) {
    byte[] suffix = {
      (byte) (place >>> 24), (byte) (place >>> 16), (byte) (place >>> 8), (byte) place
    };
    out.appendEncoded(suffix, 0, PLACE_BYTES);
  }

  /** Where a row begins. */
  static int place(byte[] row, int length) {
    int place = 0;
    for (int i = length - PLACE_BYTES; i < length; i++) {
      place = place << 8 | (row[i] & 0xFF);
    }
    return place;
  }
}

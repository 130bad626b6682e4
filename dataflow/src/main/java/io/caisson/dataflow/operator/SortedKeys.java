package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes rows so that an arrangement has those of a partition together and in their order:
 *
 * <pre>
 *   partition │ per key of the order: 0, 1 or 2 for the place of NULLs, value │ row │ where the row begins
 * </pre>
 *
 * A descending key's value is inverted. For the thread that steps.
 */
final class SortedKeys {
  private static final int PLACE_BYTES = 4;

  private final List<OverSpec.SortColumn> order;
  private final List<RowCodec> orderCodecs;
  private final RowCodec whole;
  private final RowBuffer scratch = new RowBuffer();
  private final RowReader reader = new RowReader();

  SortedKeys(List<SqlType> types, List<OverSpec.SortColumn> order) {
    this.order = List.copyOf(order);
    this.orderCodecs =
        order.stream().map(key -> RowCodec.ofGroups(types, List.of(key.column()))).toList();
    this.whole = RowCodec.ofRows(types);
  }

  /** The columns of some rows, ready to be encoded. */
  Input inputOf(Columns rows) {
    return new Input(
        whole.columnsOf(rows), orderCodecs.stream().map(codec -> codec.columnsOf(rows)).toList());
  }

  /** Columns of rows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Input(Column[] all, List<Column[]> keys) {}

  /**
   * Adds a row.
   *
   * @param partitions encoded partitions
   * @param partition which of them it is in
   */
  void append(
      Input input, int row, RowBuffer partitions, int partition, long weight, RowBuffer out) {
    int start = out.end();
    out.appendEncoded(
        partitions.bytes(),
        partitions.start(partition),
        partitions.end(partition) - partitions.start(partition));
    for (int i = 0; i < order.size(); i++) {
      appendKey(i, input.keys().get(i), row, out);
    }
    int place = out.end() - start;
    whole.encode(input.all(), row, out);
    byte[] suffix = {
      (byte) (place >>> 24), (byte) (place >>> 16), (byte) (place >>> 8), (byte) place
    };
    out.appendEncoded(suffix, 0, PLACE_BYTES);
    out.endRow(weight);
  }

  private void appendKey(int index, Column[] column, int row, RowBuffer out) {
    OverSpec.SortColumn key = order.get(index);
    if (column[0].isNull(row)) {
      out.appendLong(key.nullsFirst() ? 0 : 2);
      return;
    }
    out.appendLong(1);
    scratch.clear();
    orderCodecs.get(index).encode(column, row, scratch);
    byte[] value = Arrays.copyOf(scratch.bytes(), scratch.end());
    if (key.descending()) {
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) ~value[i];
      }
    }
    out.appendEncoded(value, 0, value.length);
  }

  /** Adds the row on which a cursor stands to a builder. */
  void decode(Cursor cursor, ColumnsBuilder out) {
    byte[] row = cursor.bytes();
    int place = 0;
    for (int i = cursor.length() - PLACE_BYTES; i < cursor.length(); i++) {
      place = place << 8 | (row[i] & 0xFF);
    }
    reader.reset(row, place);
    whole.decode(reader, out);
  }
}

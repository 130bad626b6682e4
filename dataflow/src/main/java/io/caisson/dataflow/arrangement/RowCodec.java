package io.caisson.dataflow.arrangement;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes chosen columns of columnar rows into a {@link RowBuffer}, which draws the format, and
 * decodes them. Immutable.
 */
public final class RowCodec {
  private final List<SqlType> types;
  private final TypeKind.Physical[] kinds;
  private final int[] positions;
  private final boolean grouping;

  private RowCodec(List<SqlType> types, int[] positions, boolean grouping) {
    this.types = List.copyOf(types);
    this.kinds = types.stream().map(SqlType::physical).toArray(TypeKind.Physical[]::new);
    this.positions = positions;
    this.grouping = grouping;
  }

  /** A codec of whole rows whose columns have these types. */
  public static RowCodec ofRows(List<SqlType> types) {
    return new RowCodec(types, IntStream.range(0, types.size()).toArray(), false);
  }

  /**
   * A codec of some columns.
   *
   * @param rowTypes types of the whole rows' columns
   * @param columns positions of the columns to encode
   */
  public static RowCodec ofColumns(List<SqlType> rowTypes, List<Integer> columns) {
    return of(rowTypes, columns, false);
  }

  /**
   * A codec of the columns by which rows are grouped. Values that SQL takes for equal become equal
   * bytes: -0 is encoded as 0, and a NUMERIC as its key.
   *
   * @param rowTypes types of the whole rows' columns
   * @param columns positions of the columns to encode
   */
  public static RowCodec ofGroups(List<SqlType> rowTypes, List<Integer> columns) {
    return of(rowTypes, columns, true);
  }

  private static RowCodec of(List<SqlType> rowTypes, List<Integer> columns, boolean grouping) {
    return new RowCodec(
        columns.stream().map(rowTypes::get).toList(),
        columns.stream().mapToInt(Integer::intValue).toArray(),
        grouping);
  }

  /** The types of the encoded columns. */
  public List<SqlType> types() {
    return types;
  }

  /** The columns to encode, in their order, for {@link #encode(Column[], int, RowBuffer)}. */
  public Column[] columnsOf(Columns rows) {
    Column[] columns = new Column[positions.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = rows.column(positions[i]);
    }
    return columns;
  }

  /** Writes the values of a row, without completing it. */
  public void encode(Column[] columns, int row, RowBuffer out) {
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      if (column.isNull(row)) {
        out.appendNull();
      } else if (column instanceof LongColumn c) {
        out.appendLong(c.value(row));
      } else if (column instanceof BytesColumn c) {
        int start = c.start(row);
        int length =
            grouping ? types.get(i).keyLength(c.bytes(), start, c.length(row)) : c.length(row);
        out.appendBytes(c.bytes(), start, length);
      } else if (column instanceof DoubleColumn c) {
        double value = c.value(row);
        out.appendDouble(grouping ? value + 0.0 : value);
      }
    }
  }

  /** Adds a row to the first columns of a builder, and leaves the reader behind its values. */
  public void decode(RowReader row, ColumnsBuilder out) {
    for (int i = 0; i < kinds.length; i++) {
      decodeValue(i, row, out.column(i));
    }
  }

  /**
   * Adds a row's values to columns anywhere in a builder, and leaves the reader behind them.
   *
   * @param targets for each encoded column the position in the builder, negative to pass over it
   * @param firstColumn what is added to each position
   */
  void decode(RowReader row, ColumnsBuilder out, int[] targets, int firstColumn) {
    for (int i = 0; i < kinds.length; i++) {
      if (targets[i] < 0) {
        pass(i, row);
      } else {
        decodeValue(i, row, out.column(firstColumn + targets[i]));
      }
    }
  }

  /** Leaves the reader behind a row's values. */
  public void pass(RowReader row) {
    for (int i = 0; i < kinds.length; i++) {
      pass(i, row);
    }
  }

  private void decodeValue(int index, RowReader row, ColumnBuilder column) {
    if (row.takeNull()) {
      column.addNull();
      return;
    }
    switch (kinds[index]) {
      case LONG -> column.addLong(row.takeLong());
      case DOUBLE -> column.addDouble(row.takeDouble());
      case BYTES -> {
        row.takeBytes();
        if (grouping) {
          column.addBytes(types.get(index).ofKey(row.value(), row.valueStart(), row.valueLength()));
        } else {
          column.addBytes(row.value(), row.valueStart(), row.valueLength());
        }
      }
    }
  }

  /** Leaves the reader behind the value of an encoded column. */
  void pass(int index, RowReader row) {
    if (!row.takeNull()) {
      switch (kinds[index]) {
        case LONG -> row.takeLong();
        case DOUBLE -> row.takeDouble();
        case BYTES -> row.takeBytes();
      }
    }
  }

  /** All rows of a layer in columnar form, without their weights. */
  public Columns decode(SortedRows rows) {
    if (kinds.length == 0) {
      return new Columns(List.of(), rows.size());
    }
    var builder = new ColumnsBuilder(types);
    var reader = new RowReader();
    for (int i = 0; i < rows.size(); i++) {
      reader.reset(rows.bytes(), rows.start(i));
      decode(reader, builder);
    }
    return builder.build();
  }
}

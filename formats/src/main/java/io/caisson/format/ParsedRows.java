package io.caisson.format;

import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;

/**
 * One row while it is parsed, and the finished rows of a batch. A row reaches the batch only when
 * all of it is good. Nothing is allocated a row. For one thread.
 */
public final class ParsedRows {
  private final List<RowColumn> columns;
  private final SqlType[] types;
  private final ColumnsBuilder rows;
  private final boolean[] present;
  private final long[] longs;
  private final int[] textStarts;
  private final int[] textLengths;
  private byte[] text = new byte[4096];
  private int textEnd;

  /** A batch of rows of the given columns, empty. */
  public ParsedRows(List<RowColumn> columns) {
    this.columns = columns;
    int width = columns.size();
    types = columns.stream().map(RowColumn::type).toArray(SqlType[]::new);
    rows = new ColumnsBuilder(List.of(types));
    present = new boolean[width];
    longs = new long[width];
    textStarts = new int[width];
    textLengths = new int[width];
  }

  /** The columns. */
  public List<RowColumn> columns() {
    return columns;
  }

  SqlType type(int column) {
    return types[column];
  }

  /** Forgets the row that is being parsed. */
  void clear() {
    Arrays.fill(present, false);
    textEnd = 0;
  }

  void setNull(int column) {
    present[column] = false;
  }

  void setLong(int column, long value) {
    present[column] = true;
    longs[column] = value;
  }

  void setDouble(int column, double value) {
    setLong(column, Double.doubleToRawLongBits(value));
  }

  void setText(int column, byte[] source, int start, int length) {
    int at = startText(column, length);
    System.arraycopy(source, start, text, at, length);
    endText(column, at + length);
  }

  /** Begins a text of at most the given bytes, to be written into {@link #textBytes()}. */
  int startText(int column, int mostBytes) {
    if (mostBytes > text.length - textEnd) {
      text = Arrays.copyOf(text, Math.max(Math.addExact(textEnd, mostBytes), text.length * 2));
    }
    present[column] = true;
    textStarts[column] = textEnd;
    return textEnd;
  }

  byte[] textBytes() {
    return text;
  }

  /** Ends the text that was begun last. */
  void endText(int column, int end) {
    textLengths[column] = end - textStarts[column];
    textEnd = end;
  }

  /** Adds the row to the batch. */
  void commit() throws BadRow {
    for (int i = 0; i < types.length; i++) {
      check(i);
    }
    for (int i = 0; i < types.length; i++) {
      ColumnBuilder column = rows.column(i);
      if (!present[i]) {
        column.addNull();
      } else {
        switch (types[i].physical()) {
          case LONG -> column.addLong(longs[i]);
          case DOUBLE -> column.addDouble(Double.longBitsToDouble(longs[i]));
          case BYTES -> column.addBytes(text, textStarts[i], textLengths[i]);
        }
      }
    }
  }

  private void check(int column) throws BadRow {
    SqlType type = types[column];
    if (!present[column]) {
      if (!type.nullable()) {
        throw new BadRow(
            SqlState.NOT_NULL_VIOLATION,
            "column \"" + columns.get(column).name() + "\" may not be NULL");
      }
    } else if (type.kind() == TypeKind.TEXT
        && type.precision() >= 0
        && characters(column) > type.precision()) {
      throw new BadRow(
          SqlState.STRING_TOO_LONG,
          "the value of \"" + columns.get(column).name() + "\" is too long for " + type.sql());
    }
  }

  private int characters(int column) {
    int count = 0;
    for (int i = textStarts[column]; i < textStarts[column] + textLengths[column]; i++) {
      if ((text[i] & 0xc0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** How many rows the batch has. */
  public int size() {
    return rows.size();
  }

  /** How many bytes they take, about. */
  public long byteSize() {
    return rows.byteSize();
  }

  /** The batch; the next one is empty. */
  public Columns build() {
    return rows.build();
  }
}

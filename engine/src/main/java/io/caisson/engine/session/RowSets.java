package io.caisson.engine.session;

import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.TypeKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows put side by side, behind each other, and in part. Stateless. */
final class RowSets {
  private RowSets() {}

  /** Each row of the one with the row of the other in the same place. */
  static Columns beside(Columns left, Columns right) {
    var columns = new ArrayList<>(left.columns());
    columns.addAll(right.columns());
    return new Columns(columns, left.size());
  }

  /** The rows of both. */
  static Columns behind(Columns first, Columns second) {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < first.columns().size(); i++) {
      var builder = new ColumnBuilder(first.column(i).physical());
      for (int row = 0; row < first.size(); row++) {
        builder.addFrom(first.column(i), row);
      }
      for (int row = 0; row < second.size(); row++) {
        builder.addFrom(second.column(i), row);
      }
      columns.add(builder.build());
    }
    return new Columns(columns, first.size() + second.size());
  }

  /** Some of the columns. */
  static Columns part(Columns rows, int from, int to) {
    return new Columns(rows.columns().subList(from, to), rows.size());
  }

  /** Some of the rows. */
  static Columns rows(Columns rows, List<Integer> positions) {
    int[] chosen = positions.stream().mapToInt(Integer::intValue).toArray();
    return rows.gather(chosen, chosen.length);
  }

  /** The rows with other values in some of their columns. */
  static Columns with(Columns rows, int[] columns, Columns values) {
    var changed = new ArrayList<>(rows.columns());
    for (int i = 0; i < columns.length; i++) {
      changed.set(columns[i], values.column(i));
    }
    return new Columns(changed, rows.size());
  }

  /** The primary key of a row, to be compared with others' of the same object. */
  static List<Object> key(KeyedObject table, Columns rows, int row) {
    return key(rows, table.primaryKey(), row);
  }

  /** A key of a row, to be compared with others'. */
  static List<Object> key(Columns rows, List<Integer> columns, int row) {
    var key = new ArrayList<Object>();
    for (int position : columns) {
      key.add(value(rows.column(position), row));
    }
    return key;
  }

  /** Whether a key has a NULL in it, so that it is like no other. */
  static boolean hasNull(Columns rows, List<Integer> columns, int row) {
    return columns.stream().anyMatch(position -> rows.column(position).isNull(row));
  }

  /** A key of a row as the store looks it up; it has no NULL. */
  static List<Object> physical(
      TableDefinition table, Columns rows, List<Integer> columns, int row) {
    var key = new ArrayList<Object>();
    for (int position : columns) {
      Column column = rows.column(position);
      if (column instanceof LongColumn longs) {
        key.add(longs.value(row));
      } else if (column instanceof DoubleColumn doubles) {
        key.add(doubles.value(row) + 0.0);
      } else {
        var bytes = (BytesColumn) column;
        int start = bytes.start(row);
        boolean text = table.columns().get(position).type().kind() == TypeKind.TEXT;
        key.add(
            text
                ? bytes.text(row)
                : Arrays.copyOfRange(bytes.bytes(), start, start + bytes.length(row)));
      }
    }
    return key;
  }

  /** NULL, which no stored key has, is a value of its own. */
  private static Object value(Column column, int row) {
    if (column.isNull(row)) {
      return "";
    }
    if (column instanceof LongColumn longs) {
      return longs.value(row);
    }
    if (column instanceof DoubleColumn doubles) {
      return doubles.value(row) + 0.0;
    }
    var bytes = (BytesColumn) column;
    int start = bytes.start(row);
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes.bytes(), start, start + bytes.length(row)));
  }
}

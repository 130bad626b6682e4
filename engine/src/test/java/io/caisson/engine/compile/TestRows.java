package io.caisson.engine.compile;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of boxed values to columns and back. Thread-safe. */
final class TestRows {
  private TestRows() {}

  static Columns columns(List<SqlType> types, List<@Nullable Object[]> rows) {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < types.size(); i++) {
      var builder = new ColumnBuilder(types.get(i).physical());
      for (@Nullable Object[] row : rows) {
        add(builder, row[i]);
      }
      columns.add(builder.build());
    }
    return new Columns(columns, rows.size());
  }

  private static void add(ColumnBuilder builder, @Nullable Object value) {
    if (value == null) {
      builder.addNull();
    } else if (value instanceof Boolean b) {
      builder.addLong(b ? 1 : 0);
    } else if (value instanceof Long l) {
      builder.addLong(l);
    } else if (value instanceof Double d) {
      builder.addDouble(d);
    } else {
      builder.addText((String) value);
    }
  }

  static @Nullable Object value(Column column, SqlType type, int row) {
    if (column.isNull(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      return type.kind() == TypeKind.BOOLEAN ? (Object) (longs.value(row) == 1) : longs.value(row);
    }
    return column instanceof DoubleColumn doubles
        ? (Object) doubles.value(row)
        : ((BytesColumn) column).text(row);
  }
}

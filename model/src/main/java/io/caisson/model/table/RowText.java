package io.caisson.model.table;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.time.Timestamps;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import io.caisson.type.UuidForm;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Values of a row as an error shows them: {@code (id, day)=(7, 2026-01-31)}. Stateless. */
public final class RowText {
  private static final int LONGEST = 80;

  private RowText() {}

  /** The values at some positions of a row, behind their columns' names. */
  public static String of(
      TableDefinition table, Iterable<Integer> positions, Columns rows, int row) {
    var names = new StringJoiner(", ", "(", ")");
    var values = new StringJoiner(", ", "(", ")");
    for (int position : positions) {
      ColumnDefinition definition = table.columns().get(position);
      names.add(definition.name());
      values.add(value(definition.type().kind(), rows.column(position), row));
    }
    return names + "=" + values;
  }

  /** All values of a row that users see: {@code (7, null, abc)}. */
  public static String of(TableDefinition table, Columns rows, int row) {
    var values = new StringJoiner(", ", "(", ")");
    for (int i = 0; i < table.visibleColumns().size(); i++) {
      values.add(value(table.columns().get(i).type().kind(), rows.column(i), row));
    }
    return values.toString();
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String value(TypeKind kind, Column column, int row) {
    return column.isNull(row) ? "null" : shorten(text(kind, column, row));
  }

  private static String text(TypeKind kind, Column column, int row) {
    if (column instanceof LongColumn longs) {
      long value = longs.value(row);
      return switch (kind) {
        case BOOLEAN -> String.valueOf(value != 0);
        case DATE -> LocalDate.ofEpochDay(value).toString();
        case TIMESTAMP -> Timestamps.format(Timestamps.fromMicros(value));
        default -> String.valueOf(value);
      };
    }
    if (column instanceof DoubleColumn doubles) {
      return String.valueOf(doubles.value(row));
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.start(row);
    int length = bytes.length(row);
    byte[] form = Arrays.copyOfRange(bytes.bytes(), start, start + length);
    return switch (kind) {
      case TEXT, JSONB -> bytes.text(row);
      case NUMERIC -> DecimalForm.decode(form, 0, length).toPlainString();
      case INTERVAL -> Interval.decode(form, 0, length).toString();
      case ARRAY -> SqlArray.decode(form, 0, length).toString();
      case UUID -> UuidForm.decode(form, 0, length);
      default -> "\\x" + HexFormat.of().formatHex(form);
    };
  }
}

package io.caisson.engine.row;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.function.array.ArrayLists;
import io.caisson.time.Timestamps;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.UuidForm;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of columns as rows of the API have them. */
public final class ColumnValues {
  private static final long NANOS_PER_MICRO = 1_000L;

  private ColumnValues() {}

  /** The value of a row, null for NULL. */
  public static @Nullable Object value(Column column, int row, SqlType type) {
    if (column.isNull(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      return ofLong(longs.value(row), type);
    }
    if (column instanceof DoubleColumn doubles) {
      double value = doubles.value(row);
      return type.kind() == io.caisson.type.TypeKind.REAL ? (Object) (float) value : (Object) value;
    }
    return ofBytes((BytesColumn) column, row, type);
  }

  private static Object ofLong(long value, SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> value != 0;
      case SMALLINT -> (short) value;
      case INTEGER -> (int) value;
      case DATE -> LocalDate.ofEpochDay(value);
      case TIME -> LocalTime.ofNanoOfDay(value * NANOS_PER_MICRO);
      case TIMESTAMP -> Timestamps.fromMicros(value);
      case TIMESTAMPTZ -> Timestamps.fromMicros(value).atOffset(ZoneOffset.UTC);
      default -> value;
    };
  }

  private static Object ofBytes(BytesColumn column, int row, SqlType type) {
    return switch (type.kind()) {
      case BYTEA ->
          Arrays.copyOfRange(
              column.bytes(), column.start(row), column.start(row) + column.length(row));
      case INTERVAL -> Interval.decode(column.bytes(), column.start(row), column.length(row));
      case UUID ->
          UUID.fromString(UuidForm.decode(column.bytes(), column.start(row), column.length(row)));
      case NUMERIC -> DecimalForm.decode(column.bytes(), column.start(row), column.length(row));
      case ARRAY ->
          ArrayLists.list(
              SqlArray.decode(column.bytes(), column.start(row), column.length(row)),
              ZoneOffset.UTC);
      default -> column.text(row);
    };
  }
}

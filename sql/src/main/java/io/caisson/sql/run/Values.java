package io.caisson.sql.run;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.function.array.ArrayLists;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.UuidForm;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Values in their three forms: physical in columns, Calcite's while a query runs, and Java's in its
 * result. Stateless.
 *
 * <pre>
 *   type       physical          Calcite            Java
 *   BOOLEAN    0 or 1            Boolean            Boolean
 *   TIMESTAMP  microseconds      milliseconds Long  LocalDateTime
 *   DATE       days              days Integer       LocalDate
 *   TIME       microseconds      millis Integer     LocalTime
 *   BYTEA      bytes             ByteString         byte[]
 *   NUMERIC    DecimalForm       BigDecimal         BigDecimal
 *   INTERVAL   Interval          Interval           Interval
 *   UUID       16 bytes          String             UUID
 *   JSONB      bytes             String             String
 *   ARRAY      SqlArray          SqlArray           List
 * </pre>
 */
final class Values {
  private static final long MICROS_PER_MILLI = 1_000L;
  private static final long MILLIS_PER_SECOND = 1_000L;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Values() {}

  /** A row's value of a column, in Calcite's form. */
  static @Nullable Object toCalcite(Column column, int row, SqlType type) {
    if (column.isNull(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      return toCalcite(longs.value(row), type);
    }
    if (column instanceof DoubleColumn doubles) {
      return switch (type.kind()) {
        case REAL -> (Object) (float) doubles.value(row);
        default -> (Object) doubles.value(row);
      };
    }
    var bytes = (BytesColumn) column;
    return switch (type.kind()) {
      case BYTEA ->
          new ByteString(
              Arrays.copyOfRange(
                  bytes.bytes(), bytes.start(row), bytes.start(row) + bytes.length(row)));
      case UUID -> UuidForm.decode(bytes.bytes(), bytes.start(row), bytes.length(row));
      case INTERVAL -> Interval.decode(bytes.bytes(), bytes.start(row), bytes.length(row));
      case NUMERIC -> DecimalForm.decode(bytes.bytes(), bytes.start(row), bytes.length(row));
      case ARRAY -> SqlArray.decode(bytes.bytes(), bytes.start(row), bytes.length(row));
      default -> bytes.text(row);
    };
  }

  private static Object toCalcite(long value, SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> value != 0;
      case SMALLINT -> (short) value;
      case INTEGER, DATE -> (int) value;
      case TIME -> (int) (value / MICROS_PER_MILLI);
      case TIMESTAMP, TIMESTAMPTZ -> Math.floorDiv(value, MICROS_PER_MILLI);
      default -> value;
    };
  }

  /** A value of a result, in Java's form. */
  static @Nullable Object toJava(@Nullable Object value, SqlType type, ZoneId zone) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> value;
      case SMALLINT -> ((Number) value).shortValue();
      case INTEGER -> ((Number) value).intValue();
      case BIGINT -> ((Number) value).longValue();
      case REAL -> ((Number) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case NUMERIC ->
          SqlTypes.written(
              value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString()));
      case TEXT -> value.toString();
      case BYTEA -> value instanceof ByteString bytes ? bytes.getBytes() : bytes(value);
      case DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * NANOS_PER_MILLI);
      case TIMESTAMP -> timestamp(((Number) value).longValue());
      case TIMESTAMPTZ ->
          Instant.ofEpochMilli(((Number) value).longValue()).atZone(zone).toOffsetDateTime();
      case INTERVAL -> value;
      case UUID -> java.util.UUID.fromString(value.toString());
      case JSONB -> value.toString();
      case ARRAY -> ArrayLists.list((SqlArray) value, zone);
    };
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static LocalDateTime timestamp(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, MILLIS_PER_SECOND),
        (int) Math.floorMod(millis, MILLIS_PER_SECOND) * NANOS_PER_MILLI,
        ZoneOffset.UTC);
  }
}

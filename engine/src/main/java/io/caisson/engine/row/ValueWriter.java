package io.caisson.engine.row;

import io.caisson.column.ColumnBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.function.array.ArrayLists;
import io.caisson.function.operator.DecimalCasts;
import io.caisson.function.operator.JsonCasts;
import io.caisson.time.Timestamps;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.UuidForm;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts values of the API into columns. */
public final class ValueWriter {
  private static final int NANOS_PER_MICRO = 1_000;

  private ValueWriter() {}

  /** Adds a value of a type's Java class, or NULL. */
  public static void add(ColumnBuilder column, SqlType type, @Nullable Object value) {
    if (value == null) {
      column.addNull();
    } else if (value instanceof Number number) {
      addNumber(column, type, number);
    } else if (value instanceof Boolean flag) {
      column.addLong(flag ? 1 : 0);
    } else if (value instanceof LocalDateTime time) {
      column.addLong(Timestamps.toMicros(time));
    } else if (value instanceof LocalDate date) {
      column.addLong(date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      column.addLong(time.toNanoOfDay() / NANOS_PER_MICRO);
    } else if (value instanceof OffsetDateTime time) {
      column.addLong(
          Timestamps.toMicros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()));
    } else if (value instanceof Duration span) {
      column.addBytes(Interval.encode(new Interval(0, 0, span.toNanos() / NANOS_PER_MICRO)));
    } else if (value instanceof Interval span) {
      column.addBytes(Interval.encode(span));
    } else if (value instanceof UUID uuid) {
      column.addBytes(UuidForm.encode(uuid.toString()));
    } else if (value instanceof byte[] bytes) {
      column.addBytes(bytes, 0, bytes.length);
    } else if (value instanceof List<?> list) {
      SqlType element = type.elements();
      SqlArray array = ArrayLists.array(element, list, each -> each);
      column.addBytes(SqlArray.encode(ArrayCasts.stored(array, element)));
    } else {
      addText(column, type, value.toString());
    }
  }

  private static void addNumber(ColumnBuilder column, SqlType type, Number number) {
    switch (type.physical()) {
      case LONG -> column.addLong(number.longValue());
      case DOUBLE -> column.addDouble(number.doubleValue());
      case BYTES -> addExact(column, type, number);
    }
  }

  private static void addExact(ColumnBuilder column, SqlType type, Number number) {
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    if (type.kind() == TypeKind.NUMERIC) {
      column.addBytes(DecimalForm.encode(DecimalCasts.fit(exact, type.precision(), type.scale())));
    } else {
      addText(column, type, exact.toPlainString());
    }
  }

  private static void addText(ColumnBuilder column, SqlType type, String text) {
    if (type.kind() == TypeKind.JSONB) {
      column.addText(JsonCasts.parse(text));
      return;
    }
    if (type.precision() >= 0 && text.codePointCount(0, text.length()) > type.precision()) {
      throw new CaissonException(SqlState.STRING_TOO_LONG, "value too long for type " + type.sql());
    }
    column.addText(text);
  }
}

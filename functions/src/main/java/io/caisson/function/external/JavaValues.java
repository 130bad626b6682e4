package io.caisson.function.external;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Timestamps;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Physical values as Java's classes, and back. Stateless. */
public final class JavaValues {
  private static final long NANOS_PER_MICRO = 1_000;

  private JavaValues() {}

  /** A SMALLINT. */
  public static short toShort(long value) {
    return (short) value;
  }

  /** An INTEGER. */
  public static int toInt(long value) {
    return (int) value;
  }

  /** A REAL. */
  public static float toFloat(double value) {
    return (float) value;
  }

  /** A DATE. */
  public static LocalDate toDate(long days) {
    return LocalDate.ofEpochDay(days);
  }

  /** The days of a DATE. */
  public static long ofDate(@Nullable LocalDate date) {
    return given(date).toEpochDay();
  }

  /** A TIME. */
  public static LocalTime toTime(long micros) {
    return LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO);
  }

  /** The microseconds of a TIME. */
  public static long ofTime(@Nullable LocalTime time) {
    return given(time).toNanoOfDay() / NANOS_PER_MICRO;
  }

  /** A TIMESTAMP. */
  public static LocalDateTime toTimestamp(long micros) {
    return Timestamps.fromMicros(micros);
  }

  /** The microseconds of a TIMESTAMP. */
  public static long ofTimestamp(@Nullable LocalDateTime time) {
    return Timestamps.toMicros(given(time));
  }

  /** A TIMESTAMPTZ, in UTC. */
  public static OffsetDateTime toInstant(long micros) {
    return Timestamps.fromMicros(micros).atOffset(ZoneOffset.UTC);
  }

  /** The microseconds of a TIMESTAMPTZ. */
  public static long ofInstant(@Nullable OffsetDateTime time) {
    return Timestamps.toMicros(given(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }

  /** A UUID. */
  public static UUID toUuid(String text) {
    return UUID.fromString(text);
  }

  /** The text of a UUID. */
  public static @Nullable String ofUuid(@Nullable UUID uuid) {
    return uuid == null ? null : uuid.toString();
  }

  private static <T> T given(@Nullable T value) {
    if (value == null) {
      throw new CaissonException(
              SqlState.NULL_NOT_ALLOWED, "a function has given null for a date or time")
          .withHint("Only functions whose result is a text, a number with digits or bytes may.");
    }
    return value;
  }
}

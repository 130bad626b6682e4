package io.caisson.time;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Timestamps without a time zone as microseconds since 1970-01-01 00:00:00, the form in which
 * columns hold them.
 */
public final class Timestamps {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private Timestamps() {}

  /** The microseconds of a timestamp. */
  public static long toMicros(LocalDateTime time) {
    return Math.addExact(
        Math.multiplyExact(time.toLocalDate().toEpochDay(), MICROS_PER_DAY),
        time.toLocalTime().toNanoOfDay() / NANOS_PER_MICRO);
  }

  /** The timestamp of microseconds. */
  public static LocalDateTime fromMicros(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
        ZoneOffset.UTC);
  }

  /**
   * A timestamp as PostgreSQL prints it: {@code 2026-01-31 23:59:59.25}, without trailing zeros.
   */
  public static String format(LocalDateTime time) {
    return TEXT.format(time);
  }
}

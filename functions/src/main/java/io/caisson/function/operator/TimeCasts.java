package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlType;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Casts between dates, times, timestamps and text. Dates are days and timestamps microseconds since
 * 1970, times microseconds since midnight. Thread-safe.
 */
public final class TimeCasts {
  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** Microseconds at 2000-01-01, from where PostgreSQL counts and therefore rounds. */
  private static final long YEAR_2000 = 10_957 * MICROS_PER_DAY;

  private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
  private static final int MICRO_DIGITS = 6;

  private TimeCasts() {}

  /** The DATE of a TIMESTAMP. */
  public static long timestampToDate(long micros) {
    return Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /** The TIME of a TIMESTAMP. */
  public static long timestampToTime(long micros) {
    return Math.floorMod(micros, MICROS_PER_DAY);
  }

  /** The TIMESTAMP of a DATE: its midnight. */
  public static long dateToTimestamp(long days) {
    long micros = days * MICROS_PER_DAY;
    if (Math.multiplyHigh(days, MICROS_PER_DAY) != micros >> 63) {
      throw Arithmetic.outOfRange("timestamp", days);
    }
    return micros;
  }

  /** A TIMESTAMP rounded to so many digits of a second. */
  public static long roundTimestamp(long micros, int precision) {
    if (precision < 0 || precision >= MICRO_DIGITS) {
      return micros;
    }
    long unit = POWERS_OF_TEN[MICRO_DIGITS - precision];
    long remainder = Math.floorMod(micros, unit);
    // Halves go away from the year 2000.
    boolean up = remainder * 2 > unit || (remainder * 2 == unit && micros >= YEAR_2000);
    long down = micros - remainder;
    if (down > micros || (up && down > Long.MAX_VALUE - unit)) {
      throw Arithmetic.outOfRange("timestamp", micros);
    }
    return up ? down + unit : down;
  }

  /** A TIME rounded to so many digits of a second; midnight again behind the last one of a day. */
  public static long roundTime(long micros, int precision) {
    return Math.floorMod(roundTimestamp(micros + YEAR_2000, precision), MICROS_PER_DAY);
  }

  /** A DATE as text: {@code 2026-01-31}. */
  public static String dateText(long days) {
    return date(days).toString();
  }

  /** A TIME as text: {@code 23:59:59.25}, without trailing zeros. */
  public static String timeText(long micros) {
    var text = new StringBuilder(15);
    appendTime(text, micros);
    return text.toString();
  }

  /** A TIMESTAMP as text: {@code 2026-01-31 23:59:59.25}, without trailing zeros. */
  public static String timestampText(long micros) {
    return Timestamps.format(Timestamps.fromMicros(micros));
  }

  /** The DATE that a text says; a time of day behind it is passed over. */
  public static long parseDate(String text) {
    var reader = new TimeReader(NumberCasts.trimmed(text), text, "date");
    long days = reader.date();
    if (!reader.atEnd()) {
      reader.separator();
      reader.timeAndZone();
    }
    return days;
  }

  /** The TIME that a text says, to milliseconds. */
  public static long parseTime(String text) {
    return parseTime(text, SqlType.DEFAULT_TIMESTAMP_PRECISION);
  }

  /** The TIMESTAMP that a text says, to milliseconds. */
  public static long parseTimestamp(String text) {
    return parseTimestamp(text, SqlType.DEFAULT_TIMESTAMP_PRECISION);
  }

  /** The TIME that a text says, rounded to so many digits of a second. */
  public static long parseTime(String text, int precision) {
    var reader = new TimeReader(NumberCasts.trimmed(text), text, "time");
    return roundTime(reader.timeAndZone(), precision);
  }

  /** The TIMESTAMP that a text says, rounded to so many digits of a second. */
  public static long parseTimestamp(String text, int precision) {
    var reader = new TimeReader(NumberCasts.trimmed(text), text, "timestamp");
    long micros = dateToTimestamp(reader.date());
    if (!reader.atEnd()) {
      reader.separator();
      micros = Arithmetic.addBigint(micros, reader.timeAndZone());
    }
    return roundTimestamp(micros, precision);
  }

  private static LocalDate date(long days) {
    try {
      return LocalDate.ofEpochDay(days);
    } catch (DateTimeException e) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "date out of range: day " + days, e);
    }
  }

  private static void appendTime(StringBuilder text, long micros) {
    long seconds = micros / MICROS_PER_SECOND;
    appendTwo(text, seconds / 3600).append(':');
    appendTwo(text, seconds / 60 % 60).append(':');
    appendTwo(text, seconds % 60);
    long fraction = micros % MICROS_PER_SECOND;
    if (fraction == 0) {
      return;
    }
    text.append('.');
    for (long unit = MICROS_PER_SECOND / 10; fraction > 0; unit /= 10) {
      text.append((char) ('0' + fraction / unit));
      fraction %= unit;
    }
  }

  private static StringBuilder appendTwo(StringBuilder text, long value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}

package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.NUMERIC;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIME;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.TimeCasts;
import io.caisson.function.operator.ZonedTimes;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;

/** Functions that make dates and times and write them by a template. Thread-safe. */
public final class CalendarFunctions {
  private CalendarFunctions() {}

  /** The date of a year. */
  @SqlFunction(
      name = "make_date",
      arguments = {BIGINT, BIGINT, BIGINT},
      result = DATE,
      parameters = {"year", "month", "day"},
      description = "The date of a year, month and day",
      example = "make_date(2026, 3, 14) = DATE '2026-03-14'")
  public static long makeDate(long year, long month, long day) {
    try {
      return LocalDate.of(Math.toIntExact(year), Math.toIntExact(month), Math.toIntExact(day))
          .toEpochDay();
    } catch (DateTimeException | ArithmeticException e) {
      throw new CaissonException(
          SqlState.DATETIME_OVERFLOW,
          "date field value out of range: " + year + "-" + month + "-" + day,
          e);
    }
  }

  /** The time of day of an hour. */
  @SqlFunction(
      name = "make_time",
      arguments = {BIGINT, BIGINT, DOUBLE},
      result = TIME,
      parameters = {"hour", "min", "sec"},
      description = "The time of day of an hour, minute and seconds",
      example = "make_time(8, 15, 23.5) = TIME '08:15:23.5'")
  public static long makeTime(long hour, long minute, double second) {
    boolean right =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    if (!right) {
      throw new CaissonException(
          SqlState.DATETIME_OVERFLOW,
          "time field value out of range: " + hour + ":" + minute + ":" + second);
    }
    return (hour * 60 + minute) * 60_000_000L + Math.round(second * 1e6);
  }

  /** The timestamp of a year. */
  @SqlFunction(
      name = "make_timestamp",
      arguments = {BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, DOUBLE},
      result = TIMESTAMP,
      parameters = {"year", "month", "mday", "hour", "min", "sec"},
      description = "The timestamp of a year, month, day, hour, minute and seconds",
      example = "make_timestamp(2026, 3, 14, 8, 15, 23.5) = TIMESTAMP '2026-03-14 08:15:23.5'")
  public static long makeTimestamp(
      long year, long month, long day, long hour, long minute, double second) {
    return TimeCasts.dateToTimestamp(makeDate(year, month, day)) + makeTime(hour, minute, second);
  }

  /** The timestamp written by a template. */
  @SqlFunction(
      name = "to_char",
      arguments = {TIMESTAMP, TEXT},
      result = TEXT,
      description =
          "The timestamp written by a template: YYYY, MM, DD, HH24, MI, SS, MS,"
              + " Mon, Day and their like",
      example =
          "to_char(TIMESTAMP '2026-03-14 15:09:26', 'YYYY-MM-DD HH24:MI')"
              + " = '2026-03-14 15:09'")
  public static String toText(long time, String template) {
    return TimeTemplate.of(template).write(time);
  }

  /** The instant written by a template in the session's time zone. */
  @SqlFunction(
      name = "to_char",
      arguments = {TIMESTAMPTZ, TEXT},
      result = TEXT,
      description = "The instant written by a template in the session's time zone",
      example = "to_char(timezone('UTC', TIMESTAMP '2026-03-14 15:09:26'), 'YYYY') = '2026'")
  public static String toText(ZoneId zone, long instant, String template) {
    return TimeTemplate.of(template).write(ZonedTimes.toLocal(zone, instant));
  }

  /** The interval written by a template. */
  @SqlFunction(
      name = "to_char",
      arguments = {INTERVAL, TEXT},
      result = TEXT,
      description = "The interval written by a template: YYYY, MM, DD, HH24, MI, SS, MS",
      example = "to_char(INTERVAL '15 hours 2 minutes 12 seconds', 'HH24:MI:SS') = '15:02:12'")
  public static String toText(Interval span, String template) {
    return TimeTemplate.of(template).write(span);
  }

  /** The number written by a template of 9. */
  @SqlFunction(
      name = "to_char",
      arguments = {NUMERIC, TEXT},
      result = TEXT,
      description =
          "The number written by a template of 9, 0, the point, the comma, S, MI" + " and FM",
      example = "to_char(1234.5, 'FM9,999.00') = '1,234.50'")
  public static String toText(BigDecimal number, String template) {
    return NumberTemplate.of(template).write(number);
  }

  /** The date that a text says by a template. */
  @SqlFunction(
      name = "to_date",
      arguments = {TEXT, TEXT},
      result = DATE,
      description = "The date that a text says by a template",
      example = "to_date('14 Mar 2026', 'DD Mon YYYY') = DATE '2026-03-14'")
  public static long toDate(String text, String template) {
    return TimeCasts.timestampToDate(TimeTemplate.of(template).read(text));
  }

  /** The instant that a text says by a template. */
  @SqlFunction(
      name = "to_timestamp",
      arguments = {TEXT, TEXT},
      result = TIMESTAMPTZ,
      description = "The instant that a text says by a template, in the session's time zone",
      example =
          "to_timestamp('14 Mar 2026', 'DD Mon YYYY') > timezone('UTC',"
              + " TIMESTAMP '2026-03-12 00:00:00')")
  public static long toTimestamp(ZoneId zone, String text, String template) {
    return ZonedTimes.toInstant(zone, TimeTemplate.of(template).read(text));
  }

  /** The number that a text says by a template. */
  @SqlFunction(
      name = "to_number",
      arguments = {TEXT, TEXT},
      result = NUMERIC,
      description = "The number that a text says by a template",
      example = "to_number('12,454.8-', '99G999D9S') = -12454.8")
  public static BigDecimal toNumber(String text, String template) {
    return NumberTemplate.read(text);
  }
}

package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIME;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.Arithmetic;
import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.function.operator.TimeCasts;
import io.caisson.function.operator.TimeUnits;
import io.caisson.function.operator.ZonedTimes;
import io.caisson.type.Interval;
import java.time.ZoneId;

/** Functions and operators of intervals, and of times and dates with them. Thread-safe. */
public final class IntervalFunctions {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 24 * 60 * MINUTE;

  private IntervalFunctions() {}

  /** The timestamp later by the interval. */
  @SqlFunction(
      name = "+",
      arguments = {TIMESTAMP, INTERVAL},
      result = TIMESTAMP,
      description = "The timestamp later by the interval",
      example =
          "TIMESTAMP '2026-01-31 12:00:00' + INTERVAL '1 month' = TIMESTAMP '2026-02-28 12:00:00'")
  public static long plus(long time, Interval span) {
    return IntervalArithmetic.add(time, span);
  }

  /** The timestamp later by the interval. */
  @SqlFunction(
      name = "+",
      arguments = {INTERVAL, TIMESTAMP},
      result = TIMESTAMP,
      description = "The timestamp later by the interval",
      example =
          "INTERVAL '1 day' + TIMESTAMP '2026-01-31 12:00:00' = TIMESTAMP '2026-02-01 12:00:00'")
  public static long plus(Interval span, long time) {
    return IntervalArithmetic.add(time, span);
  }

  /** The timestamp earlier by the interval. */
  @SqlFunction(
      name = "-",
      arguments = {TIMESTAMP, INTERVAL},
      result = TIMESTAMP,
      description = "The timestamp earlier by the interval",
      example =
          "TIMESTAMP '2026-01-31 12:00:00' - INTERVAL '1 year' = TIMESTAMP '2025-01-31 12:00:00'")
  public static long minus(long time, Interval span) {
    return IntervalArithmetic.add(time, IntervalArithmetic.negate(span));
  }

  /** The time from the second timestamp to the first. */
  @SqlFunction(
      name = "-",
      arguments = {TIMESTAMP, TIMESTAMP},
      result = INTERVAL,
      description = "The time from the second timestamp to the first",
      example =
          "TIMESTAMP '2026-01-31 12:00:00' - TIMESTAMP '2026-01-30 00:00:00'"
              + " = INTERVAL '1 day 12 hours'")
  public static Interval minus(long later, long earlier) {
    return IntervalArithmetic.between(earlier, later);
  }

  /** The instant later by the interval, in the session's time zone. */
  @SqlFunction(
      name = "+",
      arguments = {TIMESTAMPTZ, INTERVAL},
      result = TIMESTAMPTZ,
      description = "The instant later by the interval, in the session's time zone",
      example =
          "TIMESTAMP '2026-01-31 12:00:00' AT TIME ZONE 'UTC' + INTERVAL '1 hour'"
              + " = TIMESTAMP '2026-01-31 13:00:00' AT TIME ZONE 'UTC'")
  public static long plus(ZoneId zone, long time, Interval span) {
    return ZonedTimes.add(zone, time, span);
  }

  /** The instant earlier by the interval, in the session's time zone. */
  @SqlFunction(
      name = "-",
      arguments = {TIMESTAMPTZ, INTERVAL},
      result = TIMESTAMPTZ,
      description = "The instant earlier by the interval, in the session's time zone",
      example =
          "TIMESTAMP '2026-01-31 12:00:00' AT TIME ZONE 'UTC' - INTERVAL '1 hour'"
              + " = TIMESTAMP '2026-01-31 11:00:00' AT TIME ZONE 'UTC'")
  public static long minus(ZoneId zone, long time, Interval span) {
    return ZonedTimes.add(zone, time, IntervalArithmetic.negate(span));
  }

  /** The time from the second instant to the first. */
  @SqlFunction(
      name = "-",
      arguments = {TIMESTAMPTZ, TIMESTAMPTZ},
      result = INTERVAL,
      description = "The time from the second instant to the first",
      example =
          "TIMESTAMP '2026-01-31 12:00:00' AT TIME ZONE 'UTC' - TIMESTAMP '2026-01-31 12:00:00' AT TIME ZONE '+01'"
              + " = INTERVAL '1 hour'")
  public static Interval minusInstants(long later, long earlier) {
    return IntervalArithmetic.between(earlier, later);
  }

  /** The timestamp that lies an interval after the begin of the day. */
  @SqlFunction(
      name = "+",
      arguments = {DATE, INTERVAL},
      result = TIMESTAMP,
      description = "The timestamp that lies an interval after the begin of the day",
      example = "DATE '2026-01-31' + INTERVAL '36 hours' = TIMESTAMP '2026-02-01 12:00:00'")
  public static long plusDate(long day, Interval span) {
    return IntervalArithmetic.add(TimeCasts.dateToTimestamp(day), span);
  }

  /** The timestamp that lies an interval before the begin of the day. */
  @SqlFunction(
      name = "-",
      arguments = {DATE, INTERVAL},
      result = TIMESTAMP,
      description = "The timestamp that lies an interval before the begin of the day",
      example = "DATE '2026-01-31' - INTERVAL '12 hours' = TIMESTAMP '2026-01-30 12:00:00'")
  public static long minusDate(long day, Interval span) {
    return IntervalArithmetic.add(TimeCasts.dateToTimestamp(day), IntervalArithmetic.negate(span));
  }

  /** The day so many days later. */
  @SqlFunction(
      name = "+",
      arguments = {DATE, BIGINT},
      result = DATE,
      description = "The day so many days later",
      example = "DATE '2026-02-27' + 2 = DATE '2026-03-01'")
  public static long plusDays(long day, long days) {
    return day(Arithmetic.addBigint(day, days));
  }

  /** The day so many days later. */
  @SqlFunction(
      name = "+",
      arguments = {BIGINT, DATE},
      result = DATE,
      description = "The day so many days later",
      example = "2 + DATE '2026-02-27' = DATE '2026-03-01'")
  public static long daysPlus(long days, long day) {
    return day(Arithmetic.addBigint(day, days));
  }

  /** The day so many days earlier. */
  @SqlFunction(
      name = "-",
      arguments = {DATE, BIGINT},
      result = DATE,
      description = "The day so many days earlier",
      example = "DATE '2026-03-01' - 2 = DATE '2026-02-27'")
  public static long minusDays(long day, long days) {
    return day(Arithmetic.subtractBigint(day, days));
  }

  /** How many days there are from the second day to the first. */
  @SqlFunction(
      name = "-",
      arguments = {DATE, DATE},
      result = INTEGER,
      description = "How many days there are from the second day to the first",
      example = "DATE '2026-03-01' - DATE '2026-02-27' = 2")
  public static long minusDates(long later, long earlier) {
    return Arithmetic.integer(later - earlier);
  }

  /** The timestamp of a day and a time of day. */
  @SqlFunction(
      name = "+",
      arguments = {DATE, TIME},
      result = TIMESTAMP,
      description = "The timestamp of a day and a time of day",
      example = "DATE '2026-03-01' + TIME '12:30:00' = TIMESTAMP '2026-03-01 12:30:00'")
  public static long plusTime(long day, long time) {
    return Arithmetic.addBigint(TimeCasts.dateToTimestamp(day), time);
  }

  /** The time of day later by the interval. */
  @SqlFunction(
      name = "+",
      arguments = {TIME, INTERVAL},
      result = TIME,
      description = "The time of day later by the interval",
      example = "TIME '23:30:00' + INTERVAL '1 hour' = TIME '00:30:00'")
  public static long plusToTime(long time, Interval span) {
    return Arithmetic.timeOfDay(time + span.micros() % DAY);
  }

  /** The time of day earlier by the interval. */
  @SqlFunction(
      name = "-",
      arguments = {TIME, INTERVAL},
      result = TIME,
      description = "The time of day earlier by the interval",
      example = "TIME '00:30:00' - INTERVAL '1 hour' = TIME '23:30:00'")
  public static long minusFromTime(long time, Interval span) {
    return Arithmetic.timeOfDay(time - span.micros() % DAY);
  }

  /** The time from the second time of day to the first. */
  @SqlFunction(
      name = "-",
      arguments = {TIME, TIME},
      result = INTERVAL,
      description = "The time from the second time of day to the first",
      example = "TIME '12:30:00' - TIME '10:00:00' = INTERVAL '2 hours 30 minutes'")
  public static Interval minusTimes(long later, long earlier) {
    return new Interval(0, 0, later - earlier);
  }

  /** Both intervals, one after the other. */
  @SqlFunction(
      name = "+",
      arguments = {INTERVAL, INTERVAL},
      result = INTERVAL,
      description = "Both intervals, one after the other",
      example = "INTERVAL '1 day' + INTERVAL '2 hours' = INTERVAL '26 hours'")
  public static Interval plus(Interval a, Interval b) {
    return IntervalArithmetic.add(a, b);
  }

  /** The first interval without the second. */
  @SqlFunction(
      name = "-",
      arguments = {INTERVAL, INTERVAL},
      result = INTERVAL,
      description = "The first interval without the second",
      example = "INTERVAL '1 day' - INTERVAL '2 hours' = INTERVAL '22 hours'")
  public static Interval minus(Interval a, Interval b) {
    return IntervalArithmetic.add(a, IntervalArithmetic.negate(b));
  }

  /** The interval so many times. */
  @SqlFunction(
      name = "*",
      arguments = {INTERVAL, DOUBLE},
      result = INTERVAL,
      description = "The interval so many times",
      example = "INTERVAL '1 hour' * 3.5 = INTERVAL '3 hours 30 minutes'")
  public static Interval times(Interval span, double factor) {
    return IntervalArithmetic.multiply(span, factor);
  }

  /** The interval so many times. */
  @SqlFunction(
      name = "*",
      arguments = {DOUBLE, INTERVAL},
      result = INTERVAL,
      description = "The interval so many times",
      example = "2 * INTERVAL '1 month' = INTERVAL '2 months'")
  public static Interval times(double factor, Interval span) {
    return IntervalArithmetic.multiply(span, factor);
  }

  /** The part of the interval. */
  @SqlFunction(
      name = "/",
      arguments = {INTERVAL, DOUBLE},
      result = INTERVAL,
      description = "The part of the interval",
      example = "INTERVAL '1 hour' / 4 = INTERVAL '15 minutes'")
  public static Interval divided(Interval span, double divisor) {
    return IntervalArithmetic.multiply(span, Arithmetic.divide(1, divisor));
  }

  /** The time from the second timestamp to the first in years, months, days and a time. */
  @SqlFunction(
      name = "age",
      arguments = {TIMESTAMP, TIMESTAMP},
      result = INTERVAL,
      description =
          "The time from the second timestamp to the first in years, months, days and a time",
      example =
          "age(TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2024-02-29 12:00:00')"
              + " = INTERVAL '2 years 12 hours'")
  public static Interval age(long later, long earlier) {
    return IntervalArithmetic.age(later, earlier);
  }

  /** The interval of years, months, weeks, days, hours, minutes and seconds. */
  @SqlFunction(
      name = "make_interval",
      arguments = {BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, DOUBLE},
      result = INTERVAL,
      parameters = {"years", "months", "weeks", "days", "hours", "mins", "secs"},
      description = "The interval of years, months, weeks, days, hours, minutes and seconds",
      example =
          "make_interval(1, 2, 0, 3, 4, 5, 6.5) = INTERVAL '1 year 2 months 3 days 04:05:06.5'")
  public static Interval makeInterval(
      long years, long months, long weeks, long days, long hours, long minutes, double seconds) {
    return new Interval(
        Math.toIntExact(years * 12 + months),
        Math.toIntExact(weeks * 7 + days),
        (hours * 60 + minutes) * MINUTE + Math.round(seconds * SECOND));
  }

  /** The interval with 24 hours made a day. */
  @SqlFunction(
      name = "justify_hours",
      arguments = INTERVAL,
      result = INTERVAL,
      description = "The interval with 24 hours made a day",
      example = "CAST(justify_hours(INTERVAL '50 hours') AS TEXT) = '2 days 02:00:00'")
  public static Interval justifyHours(Interval span) {
    return IntervalArithmetic.justifyHours(span);
  }

  /** The interval with 30 days made a month. */
  @SqlFunction(
      name = "justify_days",
      arguments = INTERVAL,
      result = INTERVAL,
      description = "The interval with 30 days made a month",
      example = "CAST(justify_days(INTERVAL '65 days') AS TEXT) = '2 mons 5 days'")
  public static Interval justifyDays(Interval span) {
    return IntervalArithmetic.justifyDays(span);
  }

  /** The interval with 24 hours made a day, 30 days a month, and all of one sign. */
  @SqlFunction(
      name = "justify_interval",
      arguments = INTERVAL,
      result = INTERVAL,
      description = "The interval with 24 hours made a day, 30 days a month, and all of one sign",
      example = "CAST(justify_interval(INTERVAL '1 month -1 hour') AS TEXT) = '29 days 23:00:00'")
  public static Interval justify(Interval span) {
    return IntervalArithmetic.justify(span);
  }

  /** A field of the interval: a unit as in date_trunc, or epoch. */
  @SqlFunction(
      name = "date_part",
      arguments = {TEXT, INTERVAL},
      result = DOUBLE,
      description = "A field of the interval: a unit as in date_trunc, or epoch",
      example = "date_part('hour', INTERVAL '1 day 02:30:00') = 2")
  public static double datePart(String field, Interval span) {
    long years = span.months() / 12;
    long value =
        switch (TimeUnits.canonical(field)) {
          case "microsecond", "millisecond", "second" -> span.micros() % MINUTE;
          case "minute" -> span.micros() / MINUTE % 60;
          case "hour" -> span.micros() / (60 * MINUTE);
          case "day" -> span.days();
          case "month" -> span.months() % 12;
          case "quarter" -> span.months() % 12 / 3 + 1;
          case "year" -> years;
          case "decade" -> years / 10;
          case "century" -> years / 100;
          case "millennium" -> years / 1000;
          case "epoch" ->
              years * (DAY * 1_461 / 4)
                  + (span.months() % 12 * 30L + span.days()) * DAY
                  + span.micros();
          default ->
              throw new CaissonException(
                  SqlState.INVALID_PARAMETER,
                  "unit \"" + field + "\" not recognized for type interval");
        };
    return switch (TimeUnits.canonical(field)) {
      case "millisecond" -> value / 1e3;
      case "second", "epoch" -> value / 1e6;
      default -> value;
    };
  }

  /** A field of the time of day. */
  @SqlFunction(
      name = "date_part",
      arguments = {TEXT, TIME},
      result = DOUBLE,
      description = "A field of the time of day, or epoch: its seconds since midnight",
      example = "date_part('hour', TIME '10:20:30') = 10")
  public static double datePartOfTime(String field, long time) {
    return switch (TimeUnits.canonical(field)) {
      case "microsecond", "millisecond", "second", "minute", "hour", "epoch" ->
          datePart(field, new Interval(0, 0, time));
      default ->
          throw new CaissonException(
              SqlState.INVALID_PARAMETER, "unit \"" + field + "\" not recognized for type time");
    };
  }

  private static long day(long day) {
    return Arithmetic.integer(day);
  }
}

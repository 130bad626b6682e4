package io.caisson.function;

import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIMESTAMP;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.function.operator.TimeUnits;
import io.caisson.time.Timestamps;
import io.caisson.type.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;

/** Functions of timestamps, which are microseconds since 1970. Thread-safe. */
public final class TimeFunctions {
  private static final long MILLISECOND = 1_000;
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;

  /** 1970-01-01 was a Thursday; weeks begin on Mondays. */
  private static final long FIRST_MONDAY = 4 * DAY;

  private TimeFunctions() {}

  /** Cut down to a unit. */
  @SqlFunction(
      name = "date_trunc",
      arguments = {TEXT, TIMESTAMP},
      result = TIMESTAMP,
      description =
          "The timestamp cut down to a unit: microseconds, milliseconds, second, minute, hour, day,"
              + " week, month, quarter, year, decade, century or millennium",
      example =
          "date_trunc('hour', TIMESTAMP '2026-03-14 15:09:26') = TIMESTAMP '2026-03-14 15:00:00'")
  public static long dateTrunc(String unit, long time) {
    return switch (TimeUnits.canonical(unit)) {
      case "microsecond" -> time;
      case "millisecond" -> floor(time, MILLISECOND, 0);
      case "second" -> floor(time, SECOND, 0);
      case "minute" -> floor(time, MINUTE, 0);
      case "hour" -> floor(time, HOUR, 0);
      case "day" -> floor(time, DAY, 0);
      case "week" -> floor(time, WEEK, FIRST_MONDAY);
      default -> dateTruncOfCalendar(unit, time);
    };
  }

  private static long dateTruncOfCalendar(String unit, long time) {
    LocalDate date = Timestamps.fromMicros(time).toLocalDate();
    int year = date.getYear();
    LocalDate begin =
        switch (TimeUnits.canonical(unit)) {
          case "month" -> date.withDayOfMonth(1);
          case "quarter" ->
              date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
          case "year" -> LocalDate.of(year, 1, 1);
          case "decade" -> LocalDate.of(Math.floorDiv(year, 10) * 10, 1, 1);
          case "century" -> LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1);
          case "millennium" -> LocalDate.of(Math.floorDiv(year - 1, 1000) * 1000 + 1, 1, 1);
          default -> throw unknown(unit);
        };
    return Timestamps.toMicros(begin.atStartOfDay());
  }

  /** One field. */
  @SqlFunction(
      name = "date_part",
      arguments = {TEXT, TIMESTAMP},
      result = DOUBLE,
      description =
          "A field of the timestamp: a unit as in date_trunc, or dow, isodow, doy, isoyear, epoch"
              + " or julian",
      example = "date_part('minute', TIMESTAMP '2026-03-14 15:09:26') = 9")
  public static double datePart(String field, long time) {
    return switch (TimeUnits.canonical(field)) {
      case "microsecond" -> Math.floorMod(time, MINUTE);
      case "millisecond" -> Math.floorMod(time, MINUTE) / 1e3;
      case "second" -> Math.floorMod(time, MINUTE) / 1e6;
      case "minute" -> Math.floorDiv(Math.floorMod(time, HOUR), MINUTE);
      case "hour" -> Math.floorDiv(Math.floorMod(time, DAY), HOUR);
      case "epoch" -> time / 1e6;
      case "julian" ->
          Math.floorDiv(time, DAY)
              + 2_440_588 // the Julian day of 1970-01-01
              + Math.floorMod(time, DAY) / (double) DAY;
      default -> datePartOfCalendar(field, Timestamps.fromMicros(time));
    };
  }

  private static double datePartOfCalendar(String field, LocalDateTime time) {
    int year = time.getYear();
    return switch (TimeUnits.canonical(field)) {
      case "day" -> time.getDayOfMonth();
      case "week" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "month" -> time.getMonthValue();
      case "quarter" -> time.get(IsoFields.QUARTER_OF_YEAR);
      // There is no year 0: the year before 1 is 1 BC, which PostgreSQL counts as -1.
      case "year" -> year > 0 ? year : year - 1;
      case "decade" -> Math.floorDiv(year, 10);
      case "century" -> year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
      case "millennium" -> year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000);
      case "dow" -> time.getDayOfWeek().getValue() % 7;
      case "isodow" -> time.getDayOfWeek().getValue();
      case "doy" -> time.getDayOfYear();
      case "isoyear" -> {
        int isoYear = time.get(IsoFields.WEEK_BASED_YEAR);
        yield isoYear > 0 ? isoYear : isoYear - 1;
      }
      default -> throw unknown(field);
    };
  }

  /** The begin of the interval of a grid. */
  @SqlFunction(
      name = "date_bin",
      arguments = {INTERVAL, TIMESTAMP, TIMESTAMP},
      result = TIMESTAMP,
      description = "The begin of the time span of the given length, counted from an origin",
      example =
          "date_bin(INTERVAL '15' MINUTE, TIMESTAMP '2026-03-14 15:44:17', TIMESTAMP '2026-01-01"
              + " 00:02:30') = TIMESTAMP '2026-03-14 15:32:30'")
  public static long dateBin(Interval span, long time, long origin) {
    if (span.months() != 0) {
      throw new CaissonException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "timestamps cannot be binned into intervals containing months or years");
    }
    long stride = IntervalArithmetic.micros(span);
    if (stride <= 0) {
      throw new CaissonException(SqlState.DATETIME_OVERFLOW, "stride must be greater than zero");
    }
    try {
      long distance = Math.subtractExact(time, origin);
      return Math.subtractExact(time, Math.floorMod(distance, stride));
    } catch (ArithmeticException e) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "timestamp out of range: date_bin of " + time + " µs from " + origin + " µs",
          e);
    }
  }

  private static long floor(long time, long unit, long origin) {
    long begin = time - Math.floorMod(Math.floorMod(time, unit) - origin, unit);
    if (begin > time) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "timestamp out of range: date_trunc of " + time + " µs");
    }
    return begin;
  }

  private static CaissonException unknown(String unit) {
    return new CaissonException(
            SqlState.INVALID_PARAMETER, "unit \"" + unit + "\" not recognized for type timestamp")
        .withHint("Use second, minute, hour, day, week, month, quarter or year, for example.");
  }
}

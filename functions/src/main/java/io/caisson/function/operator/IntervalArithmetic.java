package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Timestamps;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Arithmetic of intervals, and of times with intervals: months are added by the calendar, the last
 * day of a month staying within it. Thread-safe.
 */
public final class IntervalArithmetic {
  private static final int MONTHS_PER_YEAR = 12;
  private static final int DAYS_PER_MONTH = 30;

  private IntervalArithmetic() {}

  /** Less than, equal to or greater than zero as the first interval is shorter than the second. */
  public static int compare(Interval a, Interval b) {
    return a.compareTo(b);
  }

  /** The one interval that stands for all that equal this one. */
  public static Interval key(Interval span) {
    return span.key();
  }

  /** A timestamp later by an interval. */
  public static long add(long time, Interval span) {
    try {
      long moved = time;
      if (span.months() != 0) {
        LocalDate date = Timestamps.fromMicros(time).toLocalDate().plusMonths(span.months());
        moved =
            Math.addExact(
                Math.multiplyExact(date.toEpochDay(), TimeCasts.MICROS_PER_DAY),
                TimeCasts.timestampToTime(time));
      }
      moved = Math.addExact(moved, span.days() * TimeCasts.MICROS_PER_DAY);
      return Math.addExact(moved, span.micros());
    } catch (ArithmeticException | DateTimeException e) {
      throw new CaissonException(SqlState.DATETIME_OVERFLOW, "timestamp out of range", e);
    }
  }

  /** The interval with the other sign. */
  public static Interval negate(Interval span) {
    return checked(() -> negated(span));
  }

  private static Interval negated(Interval span) {
    return new Interval(
        Math.negateExact(span.months()),
        Math.negateExact(span.days()),
        Math.negateExact(span.micros()));
  }

  /** The sum, part by part. */
  public static Interval add(Interval a, Interval b) {
    return checked(
        () ->
            new Interval(
                Math.addExact(a.months(), b.months()),
                Math.addExact(a.days(), b.days()),
                Math.addExact(a.micros(), b.micros())));
  }

  /** From one timestamp to a later one, in days and less. */
  public static Interval between(long earlier, long later) {
    return checked(
        () -> {
          long micros = Math.subtractExact(later, earlier);
          return new Interval(
              0,
              Math.toIntExact(micros / TimeCasts.MICROS_PER_DAY),
              micros % TimeCasts.MICROS_PER_DAY);
        });
  }

  /** The interval so many times; what is left of months becomes days, of days a time. */
  public static Interval multiply(Interval span, double factor) {
    if (Double.isNaN(factor) || Double.isInfinite(factor)) {
      throw outOfRange(null);
    }
    BigDecimal times = BigDecimal.valueOf(factor);
    return checked(
        () -> {
          BigDecimal months = BigDecimal.valueOf(span.months()).multiply(times);
          BigDecimal wholeMonths = months.setScale(0, RoundingMode.DOWN);
          BigDecimal days = BigDecimal.valueOf(span.days()).multiply(times);
          BigDecimal wholeDays = days.setScale(0, RoundingMode.DOWN);
          BigDecimal restDays =
              months.subtract(wholeMonths).multiply(BigDecimal.valueOf(DAYS_PER_MONTH));
          BigDecimal wholeRest = restDays.setScale(0, RoundingMode.DOWN);
          BigDecimal time =
              days.subtract(wholeDays)
                  .add(restDays.subtract(wholeRest))
                  .multiply(BigDecimal.valueOf(TimeCasts.MICROS_PER_DAY))
                  .add(BigDecimal.valueOf(span.micros()).multiply(times));
          return new Interval(
              wholeMonths.intValueExact(),
              wholeDays.add(wholeRest).intValueExact(),
              time.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        });
  }

  /** The interval in microseconds, if it has no months. */
  public static long micros(Interval span) {
    try {
      return Math.addExact(
          Math.multiplyExact(
              span.days() + (long) span.months() * DAYS_PER_MONTH, TimeCasts.MICROS_PER_DAY),
          span.micros());
    } catch (ArithmeticException e) {
      throw outOfRange(e);
    }
  }

  /** From one timestamp to a later one in years, months and days of the calendar, and a time. */
  public static Interval age(long later, long earlier) {
    if (later < earlier) {
      return negate(age(earlier, later));
    }
    LocalDate to = Timestamps.fromMicros(later).toLocalDate();
    LocalDate from = Timestamps.fromMicros(earlier).toLocalDate();
    long micros = TimeCasts.timestampToTime(later) - TimeCasts.timestampToTime(earlier);
    int days = to.getDayOfMonth() - from.getDayOfMonth();
    int months =
        (to.getYear() - from.getYear()) * MONTHS_PER_YEAR
            + to.getMonthValue()
            - from.getMonthValue();
    if (micros < 0) {
      micros += TimeCasts.MICROS_PER_DAY;
      days--;
    }
    if (days < 0) {
      days += from.lengthOfMonth();
      months--;
    }
    return new Interval(months, days, micros);
  }

  /** With 24 hours made a day. */
  public static Interval justifyHours(Interval span) {
    return checked(() -> justifiedHours(span));
  }

  private static Interval justifiedHours(Interval span) {
    int days =
        Math.addExact(span.days(), Math.toIntExact(span.micros() / TimeCasts.MICROS_PER_DAY));
    long micros = span.micros() % TimeCasts.MICROS_PER_DAY;
    if (days > 0 && micros < 0) {
      return new Interval(span.months(), days - 1, micros + TimeCasts.MICROS_PER_DAY);
    }
    return days < 0 && micros > 0
        ? new Interval(span.months(), days + 1, micros - TimeCasts.MICROS_PER_DAY)
        : new Interval(span.months(), days, micros);
  }

  /** With 30 days made a month. */
  public static Interval justifyDays(Interval span) {
    return checked(() -> justifiedDays(span));
  }

  private static Interval justifiedDays(Interval span) {
    int months = Math.addExact(span.months(), span.days() / DAYS_PER_MONTH);
    int days = span.days() % DAYS_PER_MONTH;
    if (months > 0 && days < 0) {
      return new Interval(months - 1, days + DAYS_PER_MONTH, span.micros());
    }
    return months < 0 && days > 0
        ? new Interval(months + 1, days - DAYS_PER_MONTH, span.micros())
        : new Interval(months, days, span.micros());
  }

  /** With 24 hours made a day and 30 days a month, and all parts of one sign. */
  public static Interval justify(Interval span) {
    return checked(
        () -> {
          Interval whole = justifiedDays(justifiedHours(span));
          boolean positive = whole.months() > 0 || (whole.months() == 0 && whole.days() > 0);
          boolean negative = whole.months() < 0 || (whole.months() == 0 && whole.days() < 0);
          if (positive && whole.micros() < 0) {
            return justifiedDays(
                new Interval(
                    whole.months(), whole.days() - 1, whole.micros() + TimeCasts.MICROS_PER_DAY));
          }
          return negative && whole.micros() > 0
              ? justifiedDays(
                  new Interval(
                      whole.months(), whole.days() + 1, whole.micros() - TimeCasts.MICROS_PER_DAY))
              : whole;
        });
  }

  private static Interval checked(java.util.function.Supplier<Interval> computation) {
    try {
      return computation.get();
    } catch (ArithmeticException e) {
      throw outOfRange(e);
    }
  }

  private static CaissonException outOfRange(
      @org.jspecify.annotations.Nullable ArithmeticException cause) {
    var error = new CaissonException(SqlState.DATETIME_OVERFLOW, "interval out of range");
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }
}

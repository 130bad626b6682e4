package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Casts between INTERVAL and text: numbers with units ({@code 1 year 2 mons -3 days}), a clock
 * ({@code 04:05:06.7}), the standard's pairs ({@code 1-2}) and ISO 8601 ({@code P1Y2M3DT4H5M6S}).
 * Thread-safe.
 */
public final class IntervalCasts {
  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d*)?))?"
              + "|([+-]?)(\\d+)-(\\d{1,2})(?=\\s|$)"
              + "|([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*([a-z]*))\\s*");
  private static final Pattern ISO =
      Pattern.compile(
          "P(?:([+-]?[\\d.]+)Y)?(?:([+-]?[\\d.]+)M)?(?:([+-]?[\\d.]+)W)?(?:([+-]?[\\d.]+)D)?"
              + "(?:T(?:([+-]?[\\d.]+)H)?(?:([+-]?[\\d.]+)M)?(?:([+-]?[\\d.]+)S)?)?");
  private static final BigDecimal DAYS_PER_MONTH = BigDecimal.valueOf(30);
  private static final BigDecimal MONTHS_PER_YEAR = BigDecimal.valueOf(12);
  private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);

  private IntervalCasts() {}

  /** An INTERVAL as text. */
  public static String text(Interval value) {
    return value.toString();
  }

  /** The INTERVAL since midnight. */
  public static Interval ofTime(long micros) {
    return new Interval(0, 0, micros);
  }

  /** The time of day that lies an interval after midnight of any day. */
  public static long toTime(Interval value) {
    return Arithmetic.timeOfDay(value.micros());
  }

  /** The INTERVAL that a text says. */
  public static Interval parse(String text) {
    return parse(text, "second");
  }

  /**
   * The INTERVAL that a text says.
   *
   * @param text the text
   * @param unit the unit of a number that has none
   */
  public static Interval parse(String text, String unit) {
    var sum = new Sum();
    String trimmed = NumberCasts.trimmed(text);
    try {
      boolean right =
          trimmed.startsWith("P") ? readIso(trimmed, sum) : readParts(trimmed, unit, sum);
      if (!right) {
        throw new CaissonException(
            SqlState.INVALID_DATETIME, "invalid input syntax for type interval: \"" + text + "\"");
      }
      return sum.interval();
    } catch (ArithmeticException e) {
      throw new CaissonException(
          SqlState.DATETIME_OVERFLOW, "interval field value out of range: \"" + text + "\"", e);
    }
  }

  private static boolean readIso(String text, Sum sum) {
    Matcher iso = ISO.matcher(text);
    if (text.length() < 2 || text.endsWith("T") || !iso.matches()) {
      return false;
    }
    String[] units = {"year", "month", "week", "day", "hour", "minute", "second"};
    for (int i = 0; i < units.length; i++) {
      if (iso.group(i + 1) != null) {
        sum.add(new BigDecimal(iso.group(i + 1)), units[i]);
      }
    }
    return true;
  }

  private static boolean readParts(String text, String unit, Sum sum) {
    String rest = text.toLowerCase(Locale.ROOT);
    boolean ago = rest.endsWith(" ago");
    rest = ago ? rest.substring(0, rest.length() - 4) : rest;
    rest = rest.startsWith("@") ? rest.substring(1) : rest;
    Matcher part = PART.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      if (!part.find(at) || part.start() != at || !readPart(part, unit, sum)) {
        return false;
      }
      at = part.end();
    }
    sum.negated = ago;
    return at > 0;
  }

  private static boolean readPart(Matcher part, String unit, Sum sum) {
    if (part.group(2) != null) {
      BigDecimal sign = BigDecimal.valueOf("-".equals(part.group(1)) ? -1 : 1);
      String seconds = part.group(4) == null ? "0" : part.group(4);
      boolean minutesLead = unit.equals("minute second");
      sum.add(sign.multiply(new BigDecimal(part.group(2))), minutesLead ? "minute" : "hour");
      sum.add(sign.multiply(new BigDecimal(part.group(3))), minutesLead ? "second" : "minute");
      sum.add(sign.multiply(new BigDecimal(seconds)), "second");
      return Integer.parseInt(part.group(3)) < 60;
    }
    if (part.group(6) != null) {
      BigDecimal sign = BigDecimal.valueOf("-".equals(part.group(5)) ? -1 : 1);
      sum.add(sign.multiply(new BigDecimal(part.group(6))), "year");
      sum.add(sign.multiply(new BigDecimal(part.group(7))), "month");
      return true;
    }
    String named = part.group(9).isEmpty() ? unit : TimeUnits.canonical(part.group(9));
    return sum.add(new BigDecimal(part.group(8)), named);
  }

  /** Parts added up; what is left of months becomes days, what is left of days a time. */
  private static final class Sum {
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;
    private boolean negated;

    /** Adds a number of units, if there is such a unit. */
    boolean add(BigDecimal number, String unit) {
      switch (unit) {
        case "millennium" -> addMonths(number.multiply(BigDecimal.valueOf(12_000)));
        case "century" -> addMonths(number.multiply(BigDecimal.valueOf(1_200)));
        case "decade" -> addMonths(number.multiply(BigDecimal.valueOf(120)));
        case "year" -> addYears(number);
        case "quarter" -> addMonths(number.multiply(BigDecimal.valueOf(3)));
        case "month" -> addMonths(number);
        case "week" -> addDays(number.multiply(BigDecimal.valueOf(7)));
        case "day", "day hour", "day minute", "day second" -> addDays(number);
        case "hour" -> micros = micros.add(number.multiply(BigDecimal.valueOf(3_600_000_000L)));
        case "minute" -> micros = micros.add(number.multiply(BigDecimal.valueOf(60_000_000L)));
        case "second" -> micros = micros.add(number.movePointRight(6));
        case "millisecond" -> micros = micros.add(number.movePointRight(3));
        case "microsecond" -> micros = micros.add(number);
        default -> {
          return false;
        }
      }
      return true;
    }

    /** Parts of a year are whole months, as PostgreSQL rounds them. */
    private void addYears(BigDecimal number) {
      months = months.add(number.multiply(MONTHS_PER_YEAR).setScale(0, RoundingMode.HALF_EVEN));
    }

    private void addMonths(BigDecimal number) {
      BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
      months = months.add(whole);
      addDays(number.subtract(whole).multiply(DAYS_PER_MONTH));
    }

    private void addDays(BigDecimal number) {
      BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
      days = days.add(whole);
      micros = micros.add(number.subtract(whole).multiply(MICROS_PER_DAY));
    }

    Interval interval() {
      BigDecimal sign = BigDecimal.valueOf(negated ? -1 : 1);
      return new Interval(
          months.multiply(sign).intValueExact(),
          days.multiply(sign).intValueExact(),
          micros.multiply(sign).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }
  }
}

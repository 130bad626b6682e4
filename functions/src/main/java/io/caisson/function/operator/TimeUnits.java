package io.caisson.function.operator;

import java.util.Locale;

/** The names that PostgreSQL accepts for units of time. Stateless. */
public final class TimeUnits {
  private TimeUnits() {}

  /** One name for each unit; a name that is none comes back in lower case. */
  public static String canonical(String unit) {
    return switch (unit) {
      case "second", "minute", "hour", "day", "week", "month", "year" -> unit;
      default -> canonicalOfAny(unit.toLowerCase(Locale.ROOT));
    };
  }

  private static String canonicalOfAny(String unit) {
    return switch (unit) {
      case "microseconds", "microsecond", "us", "usec", "usecs", "useconds" -> "microsecond";
      case "milliseconds", "millisecond", "ms", "msec", "msecs", "mseconds" -> "millisecond";
      case "seconds", "sec", "secs", "s" -> "second";
      case "minutes", "min", "mins", "m" -> "minute";
      case "hours", "hr", "hrs", "h" -> "hour";
      case "days", "d" -> "day";
      case "weeks", "w" -> "week";
      case "months", "mon", "mons" -> "month";
      case "quarters", "qtr" -> "quarter";
      case "years", "yr", "yrs", "y" -> "year";
      case "decades", "dec", "decs" -> "decade";
      case "centuries", "cent", "c" -> "century";
      case "millennia", "mil", "mils", "millenniums" -> "millennium";
      default -> unit;
    };
  }
}

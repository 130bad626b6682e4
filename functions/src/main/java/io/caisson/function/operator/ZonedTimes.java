package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Timestamps;
import io.caisson.type.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Instants, which are microseconds since 1970 in UTC, as the clocks of a time zone show them.
 * Thread-safe.
 */
public final class ZonedTimes {
  private static final Pattern OFFSET =
      Pattern.compile(
          "(?:UTC|GMT)?([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern TRAILING_ZONE =
      Pattern.compile(
          "(.*[\\d.])\\s*(Z|[+-]\\d{1,2}(?::?\\d{2})?(?::?\\d{2})?|[A-Za-z][\\w/+-]*)$");
  private static final int MILLIS_DIGITS = 3;
  private static final long NANOS_PER_MICRO = 1_000;

  private ZonedTimes() {}

  /** The time zone of a name or of an offset such as {@code +01} or {@code -03:30}. */
  public static ZoneId zone(String name) {
    ZoneId found = zoneOrNull(name.strip());
    if (found == null) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER, "time zone \"" + name + "\" not recognized")
          .withHint("Write a name such as 'Europe/Berlin', or an offset such as '+01:00'.");
    }
    return found;
  }

  private static @Nullable ZoneId zoneOrNull(String name) {
    Matcher offset = OFFSET.matcher(name);
    try {
      if (offset.matches()) {
        int sign = offset.group(1).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutesSeconds(
            sign * Integer.parseInt(offset.group(2)),
            sign * part(offset.group(3)),
            sign * part(offset.group(4)));
      }
      if (name.equalsIgnoreCase("z") || name.equalsIgnoreCase("utc")) {
        return ZoneOffset.UTC;
      }
      for (String known : ZoneId.getAvailableZoneIds()) {
        if (known.equalsIgnoreCase(name)) {
          return ZoneId.of(known);
        }
      }
      return ZoneId.SHORT_IDS.containsKey(name.toUpperCase(Locale.ROOT))
          ? ZoneId.of(name.toUpperCase(Locale.ROOT), ZoneId.SHORT_IDS)
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int part(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** What clocks show at an instant. */
  public static long toLocal(ZoneId zone, long instant) {
    return instant + offset(zone, instant) * TimeCasts.MICROS_PER_SECOND;
  }

  /** The instant at which clocks show a time; where they skip it, they have moved on. */
  public static long toInstant(ZoneId zone, long local) {
    try {
      Instant instant = Timestamps.fromMicros(local).atZone(zone).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), TimeCasts.MICROS_PER_SECOND),
          instant.getNano() / NANOS_PER_MICRO);
    } catch (ArithmeticException | DateTimeException e) {
      throw new CaissonException(SqlState.DATETIME_OVERFLOW, "timestamp out of range", e);
    }
  }

  private static int offset(ZoneId zone, long instant) {
    return zone instanceof ZoneOffset fixed
        ? fixed.getTotalSeconds()
        : zone.getRules()
            .getOffset(Instant.ofEpochSecond(Math.floorDiv(instant, TimeCasts.MICROS_PER_SECOND)))
            .getTotalSeconds();
  }

  /** An instant later by an interval: days and months by the clock, the rest by time itself. */
  public static long add(ZoneId zone, long instant, Interval span) {
    long moved = instant;
    if (span.months() != 0 || span.days() != 0) {
      var dates = new Interval(span.months(), span.days(), 0);
      moved = toInstant(zone, IntervalArithmetic.add(toLocal(zone, instant), dates));
    }
    return IntervalArithmetic.add(moved, new Interval(0, 0, span.micros()));
  }

  /** The instant that a text says; without a zone of its own it is in the given one. */
  public static long parse(ZoneId zone, String text) {
    String trimmed = NumberCasts.trimmed(text);
    Matcher zoned = TRAILING_ZONE.matcher(trimmed);
    boolean hasZone = zoned.matches() && zoned.group(1).indexOf(':') >= 0;
    boolean dateAndZone = zoned.matches() && Character.isLetter(zoned.group(2).charAt(0));
    if (!hasZone && !dateAndZone) {
      return toInstant(zone, local(trimmed, text));
    }
    return toInstant(zone(zoned.group(2)), local(zoned.group(1), text));
  }

  /** Whether a text says its zone itself. */
  public static boolean saysItsZone(String text) {
    Matcher zoned = TRAILING_ZONE.matcher(NumberCasts.trimmed(text));
    return zoned.matches()
        && (zoned.group(1).indexOf(':') >= 0 || Character.isLetter(zoned.group(2).charAt(0)));
  }

  private static long local(String text, String original) {
    try {
      return TimeCasts.parseTimestamp(text, MILLIS_DIGITS);
    } catch (CaissonException e) {
      throw new CaissonException(
          e.state(), String.valueOf(e.getMessage()).replace(text, original), e);
    }
  }

  /** An instant as text: {@code 2026-03-14 15:09:26.5+01}. */
  public static String text(ZoneId zone, long instant) {
    LocalDateTime local = Timestamps.fromMicros(toLocal(zone, instant));
    return Timestamps.format(local) + offsetText(offset(zone, instant));
  }

  /** An offset as text: {@code +01}, {@code -03:30}. */
  public static String offsetText(int seconds) {
    int size = Math.abs(seconds);
    var text = new StringBuilder(seconds < 0 ? "-" : "+");
    two(text, size / 3600);
    if (size % 3600 != 0) {
      two(text.append(':'), size / 60 % 60);
    }
    if (size % 60 != 0) {
      two(text.append(':'), size % 60);
    }
    return text.toString();
  }

  private static void two(StringBuilder text, int number) {
    text.append(number < 10 ? "0" : "").append(number);
  }

  /** The day that calendars show at an instant. */
  public static long toDate(ZoneId zone, long instant) {
    return TimeCasts.timestampToDate(toLocal(zone, instant));
  }

  /** The time that clocks show at an instant. */
  public static long toTime(ZoneId zone, long instant) {
    return TimeCasts.timestampToTime(toLocal(zone, instant));
  }

  /** The instant at which a day begins. */
  public static long ofDate(ZoneId zone, long day) {
    return toInstant(zone, TimeCasts.dateToTimestamp(day));
  }
}

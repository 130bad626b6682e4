package io.caisson.function;

import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;
import static io.caisson.type.TypeKind.UUID;

import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.function.operator.ZonedTimes;
import io.caisson.type.Interval;
import java.time.ZoneId;

/**
 * Functions of instants. Those that begin with a time zone depend on that of the session. {@code t
 * AT TIME ZONE z} is {@code timezone(z, t)}. Thread-safe.
 */
public final class ZonedFunctions {
  private ZonedFunctions() {}

  /** What clocks show. */
  @SqlFunction(
      name = "timezone",
      arguments = {TEXT, TIMESTAMPTZ},
      result = TIMESTAMP,
      description = "What clocks of the time zone show at the instant",
      example =
          "TIMESTAMP '2026-07-01 12:00:00' AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin'"
              + " = TIMESTAMP '2026-07-01 14:00:00'")
  public static long toLocal(String zone, long instant) {
    return ZonedTimes.toLocal(ZonedTimes.zone(zone), instant);
  }

  /** When clocks show a time. */
  @SqlFunction(
      name = "timezone",
      arguments = {TEXT, TIMESTAMP},
      result = TIMESTAMPTZ,
      description = "The instant at which clocks of the time zone show the time",
      example =
          "timezone('Europe/Berlin', TIMESTAMP '2026-07-01 14:00:00')"
              + " = timezone('UTC', TIMESTAMP '2026-07-01 12:00:00')")
  public static long toInstant(String zone, long local) {
    return ZonedTimes.toInstant(ZonedTimes.zone(zone), local);
  }

  /** Cut down to a unit. */
  @SqlFunction(
      name = "date_trunc",
      arguments = {TEXT, TIMESTAMPTZ},
      result = TIMESTAMPTZ,
      description = "The instant cut down to a unit of the session's time zone",
      example =
          "date_trunc('hour', timezone('UTC', TIMESTAMP '2026-03-14 15:09:26'))"
              + " = timezone('UTC', TIMESTAMP '2026-03-14 15:00:00')")
  public static long dateTrunc(ZoneId zone, String unit, long instant) {
    return ZonedTimes.toInstant(
        zone, TimeFunctions.dateTrunc(unit, ZonedTimes.toLocal(zone, instant)));
  }

  /** One field. */
  @SqlFunction(
      name = "date_part",
      arguments = {TEXT, TIMESTAMPTZ},
      result = DOUBLE,
      description = "A field of the instant in the session's time zone",
      example = "date_part('epoch', timezone('UTC', TIMESTAMP '1970-01-01 00:01:00')) = 60")
  public static double datePart(ZoneId zone, String field, long instant) {
    return field.equalsIgnoreCase("epoch")
        ? instant / 1e6
        : TimeFunctions.datePart(field, ZonedTimes.toLocal(zone, instant));
  }

  /** The begin of the interval of a grid. */
  @SqlFunction(
      name = "date_bin",
      arguments = {INTERVAL, TIMESTAMPTZ, TIMESTAMPTZ},
      result = TIMESTAMPTZ,
      description = "The begin of the time span of the given length, counted from an origin",
      example =
          "date_bin(INTERVAL '15 minutes', timezone('UTC', TIMESTAMP '2026-03-14 15:44:17'),"
              + " timezone('UTC', TIMESTAMP '2026-01-01 00:00:00'))"
              + " = timezone('UTC', TIMESTAMP '2026-03-14 15:30:00')")
  public static long dateBin(Interval span, long instant, long origin) {
    return TimeFunctions.dateBin(span, instant, origin);
  }

  /** From one instant to another by the calendar. */
  @SqlFunction(
      name = "age",
      arguments = {TIMESTAMPTZ, TIMESTAMPTZ},
      result = INTERVAL,
      description =
          "The time from the second instant to the first in years, months, days and a time",
      example =
          "age(timezone('UTC', TIMESTAMP '2026-03-14 00:00:00'),"
              + " timezone('UTC', TIMESTAMP '2025-03-13 00:00:00')) = INTERVAL '1 year 1 day'")
  public static Interval age(ZoneId zone, long later, long earlier) {
    return IntervalArithmetic.age(
        ZonedTimes.toLocal(zone, later), ZonedTimes.toLocal(zone, earlier));
  }

  /** The instant of seconds since 1970. */
  @SqlFunction(
      name = "to_timestamp",
      arguments = DOUBLE,
      result = TIMESTAMPTZ,
      description = "The instant so many seconds after 1970-01-01 00:00:00 UTC",
      example = "to_timestamp(60) = timezone('UTC', TIMESTAMP '1970-01-01 00:01:00')")
  public static long ofEpoch(double seconds) {
    return io.caisson.function.operator.NumberCasts.toBigint(seconds * 1e6);
  }

  /** A new UUID. */
  @SqlFunction(
      name = "gen_random_uuid",
      arguments = {},
      result = UUID,
      description = "A new random UUID",
      example = "length(CAST(gen_random_uuid() AS TEXT)) = 36",
      random = true)
  public static String randomUuid() {
    return java.util.UUID.randomUUID().toString();
  }

  /** A random number. */
  @SqlFunction(
      name = "random",
      arguments = {},
      result = DOUBLE,
      description = "A random number from 0 to less than 1",
      example = "random() >= 0 AND random() < 1",
      random = true)
  public static double random() {
    return java.util.concurrent.ThreadLocalRandom.current().nextDouble();
  }
}

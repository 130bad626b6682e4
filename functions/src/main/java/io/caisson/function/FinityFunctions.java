package io.caisson.function;

import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;

import io.caisson.type.Interval;

/** Whether times are finite, which all of Caisson's are. Thread-safe. */
public final class FinityFunctions {
  private static final String DESCRIPTION = "Whether it is finite: always";

  private FinityFunctions() {}

  /** Whether a date is finite. */
  @SqlFunction(
      name = "isfinite",
      arguments = DATE,
      result = BOOLEAN,
      description = DESCRIPTION,
      example = "isfinite(DATE '2026-03-14')")
  public static boolean ofDate(long date) {
    return true;
  }

  /** Whether a timestamp is finite. */
  @SqlFunction(
      name = "isfinite",
      arguments = TIMESTAMP,
      result = BOOLEAN,
      description = DESCRIPTION,
      example = "isfinite(TIMESTAMP '2026-03-14 10:00:00')")
  public static boolean ofTimestamp(long time) {
    return true;
  }

  /** Whether an instant is finite. */
  @SqlFunction(
      name = "isfinite",
      arguments = TIMESTAMPTZ,
      result = BOOLEAN,
      description = DESCRIPTION,
      example = "isfinite(timezone('UTC', TIMESTAMP '2026-03-14 10:00:00'))")
  public static boolean ofInstant(long time) {
    return true;
  }

  /** Whether an interval is finite. */
  @SqlFunction(
      name = "isfinite",
      arguments = INTERVAL,
      result = BOOLEAN,
      description = DESCRIPTION,
      example = "isfinite(INTERVAL '1 day')")
  public static boolean ofInterval(Interval span) {
    return true;
  }
}

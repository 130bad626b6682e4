package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.BYTEA;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.JSONB;
import static io.caisson.type.TypeKind.NUMERIC;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIME;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;
import static io.caisson.type.TypeKind.UUID;

import io.caisson.function.aggregate.DistinctEstimate;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * What approximate aggregates see of values: APPROX_COUNT_DISTINCT a place that the value's hash
 * says, APPROX_PERCENTILE a number near the value. Values that SQL calls equal look the same.
 * Stateless.
 */
public final class SketchFunctions {
  private static final long SEED = 0x9E3779B97F4A7C15L;

  /** A double's bits below these are given up: 64 numbers between a power of two and the next. */
  private static final int ROUGH_BITS = 46;

  private SketchFunctions() {}

  /** A number that stands for all near it. */
  @SqlFunction(
      name = "approx_value",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "A number less than 0.8 % away, which stands for all numbers near it",
      example = "abs(approx_value(1000) - 1000) < 8 AND approx_value(0) = 0")
  public static double nearby(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value + 0.0;
    }
    long bits = Double.doubleToRawLongBits(value);
    return Double.longBitsToDouble((bits >>> ROUGH_BITS << ROUGH_BITS) | (1L << (ROUGH_BITS - 1)));
  }

  /** The place of an integer among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = BIGINT,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of an integer",
      example = "approx_place(7) = approx_place(7)")
  public static long ofInteger(long value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a floating-point number among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = DOUBLE,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a floating-point number",
      example =
          "approx_place(CAST(0.5 AS DOUBLE PRECISION)) = approx_place(CAST(0.5 AS DOUBLE PRECISION))")
  public static long ofDouble(double value) {
    return DistinctEstimate.placeOf(hash(Double.doubleToLongBits(value + 0.0)));
  }

  /** The place of a NUMERIC among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = NUMERIC,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a NUMERIC",
      example = "approx_place(1.50) = approx_place(1.50)")
  public static long ofNumeric(BigDecimal value) {
    return DistinctEstimate.placeOf(hash(DecimalArithmetic.key(value).toPlainString()));
  }

  /** The place of a text among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = TEXT,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a text",
      example = "approx_place('view') = approx_place('view')")
  public static long ofText(String value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a byte string among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = BYTEA,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a byte string",
      example = "approx_place(CAST('\\x0102' AS BYTEA)) = approx_place(CAST('\\x0102' AS BYTEA))")
  public static long ofBytes(byte[] value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a truth value among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = BOOLEAN,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a truth value",
      example = "approx_place(TRUE) = approx_place(TRUE)")
  public static long ofTruth(boolean value) {
    return DistinctEstimate.placeOf(hash(value ? 1 : 0));
  }

  /** The place of a date among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = DATE,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a date",
      example = "approx_place(DATE '2026-03-14') = approx_place(DATE '2026-03-14')")
  public static long ofDate(long value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a time of day among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = TIME,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a time of day",
      example = "approx_place(TIME '10:00:00') = approx_place(TIME '10:00:00')")
  public static long ofTime(long value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a timestamp among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = TIMESTAMP,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a timestamp",
      example =
          "approx_place(TIMESTAMP '2026-03-14 10:00:00') = approx_place(TIMESTAMP '2026-03-14 10:00:00')")
  public static long ofTimestamp(long value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of an instant among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = TIMESTAMPTZ,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of an instant",
      example =
          "approx_place(TIMESTAMPTZ '2026-03-14 10:00:00+00') = approx_place(TIMESTAMPTZ '2026-03-14 10:00:00+00')")
  public static long ofInstant(long value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a span of time among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = INTERVAL,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a span of time",
      example = "approx_place(INTERVAL '2 hours') = approx_place(INTERVAL '2 hours')")
  public static long ofInterval(Interval value) {
    return DistinctEstimate.placeOf(
        hash(java.util.Arrays.copyOf(Interval.encode(value), Interval.KEY_BYTES)));
  }

  /** The place of a UUID among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = UUID,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a UUID",
      example =
          "approx_place(CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS UUID))"
              + " = approx_place(CAST('A0EEBC999C0B4EF8BB6D6BB9BD380A11' AS UUID))")
  public static long ofUuid(String value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  /** The place of a JSON value among those that tell values apart. */
  @SqlFunction(
      name = "approx_place",
      arguments = JSONB,
      result = BIGINT,
      description = "What APPROX_COUNT_DISTINCT sees of a JSON value",
      example =
          "approx_place(CAST('{\"a\": 1}' AS JSONB)) = approx_place(CAST('{\"a\": 1}' AS JSONB))")
  public static long ofJson(String value) {
    return DistinctEstimate.placeOf(hash(value));
  }

  private static long hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private static long hash(byte[] bytes) {
    long hash = SEED ^ bytes.length;
    long word = 0;
    for (int i = 0; i < bytes.length; i++) {
      word = word << Byte.SIZE | (bytes[i] & 0xFF);
      if (i % Long.BYTES == Long.BYTES - 1) {
        hash = hash(hash ^ word);
        word = 0;
      }
    }
    return hash(hash ^ word);
  }

  /** Every bit of the result depends on every bit of the number (Stafford's thirteenth mix). */
  private static long hash(long number) {
    long mixed = number + SEED;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}

package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.IntervalCasts;
import io.caisson.function.window.Frame;
import io.caisson.function.window.RangeDistance;
import io.caisson.type.Interval;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a frame of GROUPS or RANGE reaches. Calcite's windows count rows, or know distances of
 * its own types alone: so such frames are ROWS to it, and their offsets constant texts that nobody
 * can have written, because every offset that is written goes through {@link FrameSyntax}.
 *
 * <pre>
 *   GROUPS 2 PRECEDING                     ROWS 'GROUPS NUMBER 2' PRECEDING
 *   RANGE INTERVAL '1 month' PRECEDING     ROWS 'RANGE INTERVAL 1 mon' PRECEDING
 * </pre>
 *
 * Immutable.
 *
 * @param unit GROUPS or RANGE
 * @param form how the offset was written
 * @param value what was written
 */
record FrameOffset(Frame.Unit unit, Form form, String value) {
  private static final int PARTS = 3;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** How an offset is written. */
  enum Form {
    NUMBER,
    INTERVAL,
    /** A text that becomes what is wanted. */
    TEXT
  }

  /** The text that Calcite carries. */
  String text() {
    return unit + " " + form + " " + value;
  }

  /** The offset that a text of Calcite's stands for. */
  static Optional<FrameOffset> of(String text) {
    String[] parts = text.split(" ", PARTS);
    return parts.length < PARTS
        ? Optional.empty()
        : Optional.of(
            new FrameOffset(Frame.Unit.valueOf(parts[0]), Form.valueOf(parts[1]), parts[2]));
  }

  /** How many groups it is. */
  long groups() {
    return Long.parseLong(value);
  }

  /**
   * The distance between values of a type.
   *
   * @param outwards whether it is away from the current row
   * @throws CaissonException where the type has no such distance
   */
  RangeDistance distance(TypeKind kind, boolean outwards) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT -> signed(new RangeDistance.Whole(whole(kind)), outwards);
      case REAL, DOUBLE -> signed(new RangeDistance.Floating(number(kind).doubleValue()), outwards);
      case NUMERIC -> signed(new RangeDistance.Exact(number(kind)), outwards);
      case DATE -> ofDates(interval(kind), outwards);
      case TIME -> signed(new RangeDistance.Whole(positive(interval(kind).micros())), outwards);
      case TIMESTAMP -> ofTimes(interval(kind), outwards);
      case TIMESTAMPTZ -> ofInstants(interval(kind), outwards);
      default ->
          throw refused(kind, "").withHint("Sort by a number, a DATE, a TIME or a TIMESTAMP.");
    };
  }

  private static RangeDistance signed(RangeDistance distance, boolean outwards) {
    return outwards ? distance : distance.negated();
  }

  private static RangeDistance ofDates(Interval span, boolean outwards) {
    if (span.months() != 0) {
      return signed(new RangeDistance.Calendar(span, MICROS_PER_DAY), outwards);
    }
    long micros = outwards ? total(span) : -total(span);
    return new RangeDistance.Whole(Math.floorDiv(micros, MICROS_PER_DAY));
  }

  private static RangeDistance ofTimes(Interval span, boolean outwards) {
    return signed(
        span.months() == 0
            ? new RangeDistance.Whole(total(span))
            : new RangeDistance.Calendar(span, 1),
        outwards);
  }

  private static RangeDistance ofInstants(Interval span, boolean outwards) {
    if (span.months() != 0 || span.days() != 0) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "RANGE over TIMESTAMPTZ with an offset of days or months is not supported")
          .withHint(
              "Its length depends on the time zone: write hours, or sort by t AT TIME ZONE 'UTC'.");
    }
    return signed(new RangeDistance.Whole(span.micros()), outwards);
  }

  /** The microseconds of an interval without months. */
  private static long total(Interval span) {
    BigInteger total = span.total();
    return total.bitLength() < Long.SIZE ? total.longValueExact() : Frame.ALL - 1;
  }

  private long whole(TypeKind kind) {
    BigDecimal number = number(kind);
    if (number.stripTrailingZeros().scale() > 0 || (form == Form.NUMBER && number.scale() > 0)) {
      throw form == Form.TEXT ? unreadable(kind) : refused(kind, "numeric");
    }
    return number.min(BigDecimal.valueOf(Frame.ALL - 1)).longValueExact();
  }

  private BigDecimal number(TypeKind kind) {
    if (form == Form.INTERVAL) {
      throw refused(kind, "interval");
    }
    try {
      var number = new BigDecimal(value.trim());
      if (number.signum() < 0) {
        throw negative();
      }
      return number;
    } catch (NumberFormatException e) {
      throw unreadable(kind);
    }
  }

  private Interval interval(TypeKind kind) {
    if (form == Form.NUMBER) {
      throw refused(kind, new BigDecimal(value).scale() > 0 ? "numeric" : "integer");
    }
    Interval span = IntervalCasts.parse(value);
    if (span.compareTo(Interval.ZERO) < 0) {
      throw negative();
    }
    return span;
  }

  private static long positive(long micros) {
    if (micros < 0) {
      throw negative();
    }
    return micros;
  }

  private static CaissonException negative() {
    return new CaissonException(
        SqlState.INVALID_FRAME_OFFSET, "invalid preceding or following size in window function");
  }

  private CaissonException unreadable(TypeKind kind) {
    return new CaissonException(
        SqlState.INVALID_TEXT,
        "invalid input syntax for type " + name(kind) + ": \"" + value + "\"");
  }

  private static CaissonException refused(TypeKind kind, String offset) {
    String pair = offset.isEmpty() ? "" : " and offset type " + offset;
    return new CaissonException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "RANGE with offset PRECEDING/FOLLOWING is not supported for column type "
                + name(kind)
                + pair)
        .withHint("Cast the offset value to an appropriate type.");
  }

  private static String name(TypeKind kind) {
    return kind.sql().toLowerCase(Locale.ROOT);
  }
}

package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Casts from and to NUMERIC, with PostgreSQL's rules and messages. Thread-safe. */
public final class DecimalCasts {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,6})?");
  private static final int DOUBLE_DIGITS = 15;
  private static final int REAL_DIGITS = 6;

  private DecimalCasts() {}

  /**
   * A number as NUMERIC(precision, scale): rounded to its scale; for a negative precision, NUMERIC
   * without limits, the number itself.
   */
  public static BigDecimal fit(BigDecimal value, long precision, long scale) {
    if (precision < 0) {
      return value;
    }
    BigDecimal rounded = value.setScale((int) scale, RoundingMode.HALF_UP);
    if (rounded.signum() != 0 && rounded.precision() > precision) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "numeric field overflow")
          .withHint(
              "A field with precision "
                  + precision
                  + ", scale "
                  + scale
                  + " must round to an absolute value less than "
                  + (precision == scale ? "1" : "10^" + (precision - scale))
                  + ".");
    }
    return rounded;
  }

  /** The NUMERIC that a text says. */
  public static BigDecimal parse(String text) {
    String trimmed = NumberCasts.trimmed(text);
    if (!NUMBER.matcher(trimmed).matches()) {
      boolean special = trimmed.matches("(?i)[+-]?(?:nan|inf|infinity)");
      throw special
          ? new CaissonException(
                  SqlState.FEATURE_NOT_SUPPORTED, "NUMERIC has no value \"" + trimmed + "\" here")
              .withHint("DOUBLE PRECISION has NaN and the infinities.")
          : new CaissonException(
              SqlState.INVALID_TEXT, "invalid input syntax for type numeric: \"" + text + "\"");
    }
    BigDecimal value = new BigDecimal(trimmed);
    if (value.scale() > DecimalArithmetic.MOST_FRACTION_DIGITS
        || value.precision() - value.scale() > DecimalArithmetic.MOST_WHOLE_DIGITS) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "value overflows numeric format");
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  /** The NUMERIC of an integer. */
  public static BigDecimal ofBigint(long value) {
    return BigDecimal.valueOf(value);
  }

  /** The NUMERIC of a DOUBLE PRECISION: its first 15 digits. */
  public static BigDecimal ofDouble(double value) {
    return ofFloating(value, DOUBLE_DIGITS);
  }

  /** The NUMERIC of a REAL: its first 6 digits. */
  public static BigDecimal ofReal(double value) {
    return ofFloating(value, REAL_DIGITS);
  }

  private static BigDecimal ofFloating(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "cannot convert " + NumberCasts.doubleText(value) + " to numeric")
          .withHint("NUMERIC has no NaN and no infinities.");
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
    return DecimalArithmetic.key(rounded);
  }

  /** The nearest BIGINT, halves away from zero. */
  public static long toBigint(BigDecimal value) {
    return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
  }

  /** The nearest INTEGER, halves away from zero. */
  public static long toInteger(BigDecimal value) {
    return whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
  }

  /** The nearest SMALLINT, halves away from zero. */
  public static long toSmallint(BigDecimal value) {
    return whole(value, Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
  }

  private static long whole(BigDecimal value, long least, long greatest, String type) {
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    if (rounded.compareTo(BigDecimal.valueOf(least)) < 0
        || rounded.compareTo(BigDecimal.valueOf(greatest)) > 0) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, type + " out of range");
    }
    return rounded.longValueExact();
  }

  /** The nearest DOUBLE PRECISION. */
  public static double toDouble(BigDecimal value) {
    double nearest = value.doubleValue();
    if (Double.isInfinite(nearest) || (nearest == 0 && value.signum() != 0)) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "\"" + text(value) + "\" is out of range for type double precision");
    }
    return nearest;
  }

  /** The nearest REAL. */
  public static double toReal(BigDecimal value) {
    float nearest = value.floatValue();
    if (Float.isInfinite(nearest) || (nearest == 0 && value.signum() != 0)) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "\"" + text(value) + "\" is out of range for type real");
    }
    return nearest;
  }

  /** A NUMERIC as text: all of its digits, never an exponent. */
  public static String text(BigDecimal value) {
    return value.toPlainString();
  }
}

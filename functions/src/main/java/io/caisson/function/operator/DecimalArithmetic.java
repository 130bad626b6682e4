package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic of NUMERIC values: exact, with the number of digits behind the point that PostgreSQL's
 * results have; what must be rounded is rounded half away from zero. Thread-safe.
 */
public final class DecimalArithmetic {
  /** More digits than these, in front of the point or behind it, no NUMERIC has. */
  static final int MOST_WHOLE_DIGITS = 131_072;

  static final int MOST_FRACTION_DIGITS = 16_383;

  private static final int LEAST_SIGNIFICANT_DIGITS = 16;
  private static final int MOST_QUOTIENT_DIGITS = 1_000;

  /** PostgreSQL counts a quotient's digits in groups of four. */
  private static final int GROUP = 4;

  private DecimalArithmetic() {}

  /** The sum. */
  public static BigDecimal add(BigDecimal a, BigDecimal b) {
    return checked(a.add(b));
  }

  /** The difference. */
  public static BigDecimal subtract(BigDecimal a, BigDecimal b) {
    return checked(a.subtract(b));
  }

  /** The product. */
  public static BigDecimal multiply(BigDecimal a, BigDecimal b) {
    BigDecimal product = a.multiply(b);
    return checked(
        product.scale() > MOST_FRACTION_DIGITS
            ? product.setScale(MOST_FRACTION_DIGITS, RoundingMode.HALF_UP)
            : product);
  }

  /** The quotient, to at least 16 significant digits. */
  public static BigDecimal divide(BigDecimal a, BigDecimal b) {
    requireDivisor(b);
    return checked(a.divide(b, quotientScale(a, b), RoundingMode.HALF_UP));
  }

  /** The remainder of a division that truncates; it has the sign of the dividend. */
  public static BigDecimal modulo(BigDecimal a, BigDecimal b) {
    requireDivisor(b);
    return a.remainder(b).setScale(Math.max(a.scale(), b.scale()), RoundingMode.HALF_UP);
  }

  /** The whole part of the quotient. */
  public static BigDecimal quotient(BigDecimal a, BigDecimal b) {
    requireDivisor(b);
    return checked(new BigDecimal(a.divideToIntegralValue(b).toBigInteger()));
  }

  /** The number with the other sign. */
  public static BigDecimal negate(BigDecimal value) {
    return value.negate();
  }

  /** Less than, equal to or greater than zero as the first number is less than the second. */
  public static int compare(BigDecimal a, BigDecimal b) {
    return a.compareTo(b);
  }

  /** The number written with as few digits as it needs, which is the same for all equal numbers. */
  public static BigDecimal key(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /** The number itself, unless it has more digits than any NUMERIC. */
  static BigDecimal checked(BigDecimal value) {
    if (value.precision() - value.scale() > MOST_WHOLE_DIGITS) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "value overflows numeric format");
    }
    return value;
  }

  private static void requireDivisor(BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw new CaissonException(SqlState.DIVISION_BY_ZERO, "division by zero");
    }
  }

  private static int quotientScale(BigDecimal a, BigDecimal b) {
    int weight = weight(a) - weight(b);
    if (firstGroup(a).compareTo(firstGroup(b)) <= 0) {
      weight--;
    }
    int scale = LEAST_SIGNIFICANT_DIGITS - weight * GROUP;
    scale = Math.max(scale, Math.max(a.scale(), b.scale()));
    return Math.min(Math.max(scale, 0), MOST_QUOTIENT_DIGITS);
  }

  /** The place of the first group of four digits that is not zero; the group of ones is 0. */
  private static int weight(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.floorDiv(value.precision() - value.scale() - 1, GROUP);
  }

  private static BigInteger firstGroup(BigDecimal value) {
    return value.abs().movePointLeft(GROUP * weight(value)).toBigInteger();
  }
}

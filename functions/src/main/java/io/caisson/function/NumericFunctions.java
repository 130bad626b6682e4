package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.NUMERIC;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.Arithmetic;
import io.caisson.function.operator.DecimalArithmetic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Functions of exact numbers: integers and NUMERIC. Thread-safe. */
public final class NumericFunctions {
  private static final int MOST_PLACES = 2_000;

  private NumericFunctions() {}

  /** The value without its sign. */
  @SqlFunction(
      name = "abs",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "The number without its sign",
      example = "abs(-2.50) = 2.50")
  public static BigDecimal abs(BigDecimal value) {
    return value.abs();
  }

  /** The nearest integer not below. */
  @SqlFunction(
      name = "ceil",
      aliases = "ceiling",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "The nearest integer that is not less",
      example = "ceil(2.10) = 3")
  public static BigDecimal ceil(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING);
  }

  /** The nearest integer not above. */
  @SqlFunction(
      name = "floor",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "The nearest integer that is not greater",
      example = "floor(-2.10) = -3")
  public static BigDecimal floor(BigDecimal value) {
    return value.setScale(0, RoundingMode.FLOOR);
  }

  /** The nearest integer. */
  @SqlFunction(
      name = "round",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "The nearest integer, halves away from zero",
      example = "round(2.5) = 3 AND round(-2.5) = -3")
  public static BigDecimal round(BigDecimal value) {
    return value.setScale(0, RoundingMode.HALF_UP);
  }

  /** Rounded to a number of digits behind the point. */
  @SqlFunction(
      name = "round",
      arguments = {NUMERIC, BIGINT},
      result = NUMERIC,
      description = "The number rounded to n digits behind the point, halves away from zero",
      example = "round(42.4382, 2) = 42.44 AND round(1234.56, -2) = 1200")
  public static BigDecimal round(BigDecimal value, long digits) {
    return cut(value, digits, RoundingMode.HALF_UP);
  }

  /** Cut to an integer. */
  @SqlFunction(
      name = "trunc",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "The number without its digits behind the point",
      example = "trunc(-42.8) = -42")
  public static BigDecimal trunc(BigDecimal value) {
    return value.setScale(0, RoundingMode.DOWN);
  }

  /** Cut to an integer. */
  @SqlFunction(
      name = "trunc",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The number without its digits behind the point",
      example = "trunc(CAST(-42.8 AS DOUBLE)) = -42")
  public static double trunc(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  /** Cut to a number of digits behind the point. */
  @SqlFunction(
      name = "trunc",
      arguments = {NUMERIC, BIGINT},
      result = NUMERIC,
      description = "The number cut to n digits behind the point",
      example = "trunc(42.4382, 2) = 42.43 AND trunc(1299, -2) = 1200")
  public static BigDecimal trunc(BigDecimal value, long digits) {
    return cut(value, digits, RoundingMode.DOWN);
  }

  private static BigDecimal cut(BigDecimal value, long digits, RoundingMode rounding) {
    int places = (int) Math.max(-MOST_PLACES, Math.min(MOST_PLACES, digits));
    BigDecimal rounded = value.setScale(places, rounding);
    return places < 0 ? rounded.setScale(0) : rounded;
  }

  /** The sign. */
  @SqlFunction(
      name = "sign",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "−1, 0 or 1 as the number is negative, zero or positive",
      example = "sign(-8.4) = -1")
  public static BigDecimal sign(BigDecimal value) {
    return BigDecimal.valueOf(value.signum());
  }

  /** The remainder of a division. */
  @SqlFunction(
      name = "mod",
      arguments = {NUMERIC, NUMERIC},
      result = NUMERIC,
      description =
          "The remainder of the first number divided by the second, with the first's sign",
      example = "mod(5.5, 2.25) = 1.00")
  public static BigDecimal mod(BigDecimal dividend, BigDecimal divisor) {
    return DecimalArithmetic.modulo(dividend, divisor);
  }

  /** The whole part of a quotient. */
  @SqlFunction(
      name = "div",
      arguments = {NUMERIC, NUMERIC},
      result = NUMERIC,
      description = "The quotient without its digits behind the point",
      example = "div(9, 4) = 2 AND div(-9.5, 4) = -2")
  public static BigDecimal div(BigDecimal dividend, BigDecimal divisor) {
    return DecimalArithmetic.quotient(dividend, divisor);
  }

  /** The greatest common divisor. */
  @SqlFunction(
      name = "gcd",
      arguments = {BIGINT, BIGINT},
      result = BIGINT,
      description = "The greatest number that divides both; 0 of two zeros",
      example = "gcd(1071, 462) = 21")
  public static long gcd(long a, long b) {
    BigInteger divisor = BigInteger.valueOf(a).gcd(BigInteger.valueOf(b));
    if (divisor.bitLength() >= Long.SIZE) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "bigint out of range");
    }
    return divisor.longValue();
  }

  /** The least common multiple. */
  @SqlFunction(
      name = "lcm",
      arguments = {BIGINT, BIGINT},
      result = BIGINT,
      description = "The least number that both divide; 0 where one is 0",
      example = "lcm(1071, 462) = 23562")
  public static long lcm(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    long multiple = Arithmetic.multiplyBigint(a / gcd(a, b), b);
    return multiple < 0 ? Arithmetic.negateBigint(multiple) : multiple;
  }

  /** The factorial. */
  @SqlFunction(
      name = "factorial",
      arguments = BIGINT,
      result = NUMERIC,
      description = "The product of all integers from 1 to the number",
      example = "factorial(20) = 2432902008176640000")
  public static BigDecimal factorial(long value) {
    if (value < 0) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "factorial of a negative number is undefined");
    }
    if (value > MOST_PLACES) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "value overflows numeric format");
    }
    BigInteger product = BigInteger.ONE;
    for (long factor = 2; factor <= value; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return new BigDecimal(product);
  }

  /** The number of digits behind the point. */
  @SqlFunction(
      name = "scale",
      arguments = NUMERIC,
      result = BIGINT,
      description = "How many digits the number is written with behind the point",
      example = "scale(8.4100) = 4")
  public static long scale(BigDecimal value) {
    return value.scale();
  }

  /** The number of digits needed behind the point. */
  @SqlFunction(
      name = "min_scale",
      arguments = NUMERIC,
      result = BIGINT,
      description = "How many digits the number needs behind the point",
      example = "min_scale(8.4100) = 2")
  public static long minScale(BigDecimal value) {
    return DecimalArithmetic.key(value).scale();
  }

  /** Without trailing zeros. */
  @SqlFunction(
      name = "trim_scale",
      arguments = NUMERIC,
      result = NUMERIC,
      description = "The number without zeros at its end behind the point",
      example = "trim_scale(8.4100) = 8.41")
  public static BigDecimal trimScale(BigDecimal value) {
    return DecimalArithmetic.key(value);
  }

  /** The bucket of a histogram. */
  @SqlFunction(
      name = "width_bucket",
      arguments = {DOUBLE, DOUBLE, DOUBLE, BIGINT},
      result = BIGINT,
      description =
          "The number of the bucket, of count equal ones from low to high, in which the value lies;"
              + " 0 below, count + 1 above",
      example = "width_bucket(5.35, 0.024, 10.06, 5) = 3")
  public static long widthBucket(double value, double low, double high, long count) {
    if (count <= 0) {
      throw bucket("count must be greater than zero");
    }
    if (Double.isNaN(value) || Double.isNaN(low) || Double.isNaN(high)) {
      throw bucket("operand, lower bound, and upper bound cannot be NaN");
    }
    if (Double.isInfinite(low) || Double.isInfinite(high)) {
      throw bucket("lower and upper bounds must be finite");
    }
    if (low == high) {
      throw bucket("lower bound cannot equal upper bound");
    }
    boolean rising = low < high;
    if (rising ? value < low : value > low) {
      return 0;
    }
    if (rising ? value >= high : value <= high) {
      return Arithmetic.addBigint(count, 1);
    }
    return (long) (count * ((value - low) / (high - low))) + 1;
  }

  private static CaissonException bucket(String message) {
    return new CaissonException(SqlState.INVALID_BUCKET, message);
  }
}

package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.DOUBLE;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.Arithmetic;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Functions of numbers. Thread-safe. */
public final class MathFunctions {
  /** A double has no digits outside of these places. */
  private static final int PLACES = 330;

  private MathFunctions() {}

  /** The value without its sign. */
  @SqlFunction(
      name = "abs",
      arguments = BIGINT,
      result = BIGINT,
      description = "The number without its sign",
      example = "abs(-17) = 17")
  public static long abs(long value) {
    return value < 0 ? Arithmetic.negateBigint(value) : value;
  }

  /** The value without its sign. */
  @SqlFunction(
      name = "abs",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The number without its sign",
      example = "abs(CAST(-2.5 AS DOUBLE)) = 2.5")
  public static double abs(double value) {
    return Math.abs(value);
  }

  /** The nearest integer not below. */
  @SqlFunction(
      name = "ceil",
      aliases = "ceiling",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The nearest integer that is not less",
      example = "ceil(2.1) = 3")
  public static double ceil(double value) {
    return Math.ceil(value);
  }

  /** The nearest integer not above. */
  @SqlFunction(
      name = "floor",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The nearest integer that is not greater",
      example = "floor(-2.1) = -3")
  public static double floor(double value) {
    return Math.floor(value);
  }

  /** The nearest integer, the even one of two. */
  @SqlFunction(
      name = "round",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The nearest integer, and of two equally near ones the even one",
      example = "round(CAST(2.5 AS DOUBLE)) = 2 AND round(CAST(2.6 AS DOUBLE)) = 3")
  public static double round(double value) {
    return Math.rint(value);
  }

  /** Rounded to a number of digits behind the point. */
  @SqlFunction(
      name = "round",
      arguments = {DOUBLE, BIGINT},
      result = DOUBLE,
      description = "The number rounded to n digits behind the point, halves away from zero",
      example = "round(2.675, 2) = 2.68 AND round(1234.0, -2) = 1200")
  public static double round(double value, long digits) {
    if (digits > PLACES || Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    int places = (int) Math.max(digits, -PLACES);
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).doubleValue();
  }

  /** The square root. */
  @SqlFunction(
      name = "sqrt",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The square root",
      example = "sqrt(16) = 4")
  public static double sqrt(double value) {
    if (value < 0) {
      throw power("cannot take square root of a negative number: " + value);
    }
    return Math.sqrt(value);
  }

  /** A power. */
  @SqlFunction(
      name = "power",
      aliases = {"pow", "^"},
      arguments = {DOUBLE, DOUBLE},
      result = DOUBLE,
      description = "The first number raised to the power of the second",
      example = "power(2, 10) = 1024")
  public static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw power("zero raised to a negative power is undefined: power(0, " + exponent + ")");
    }
    boolean finite = Double.isFinite(base) && Double.isFinite(exponent);
    if (finite && base < 0 && exponent != Math.rint(exponent)) {
      throw power(
          "a negative number raised to a non-integer power yields a complex result: power("
              + base
              + ", "
              + exponent
              + ")");
    }
    if (base == 1) {
      return 1; // even to the power of NaN
    }
    double result = StrictMath.pow(base, exponent);
    if (finite && Double.isInfinite(result)) {
      throw overflow("power(" + base + ", " + exponent + ")");
    }
    return result;
  }

  /** The exponential function. */
  @SqlFunction(
      name = "exp",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "e raised to the power of the number",
      example = "exp(0) = 1")
  public static double exp(double value) {
    double result = StrictMath.exp(value);
    if (Double.isInfinite(result) && !Double.isInfinite(value)) {
      throw overflow("exp(" + value + ")");
    }
    return result;
  }

  /** The natural logarithm. */
  @SqlFunction(
      name = "ln",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The natural logarithm",
      example = "ln(1) = 0")
  public static double ln(double value) {
    return StrictMath.log(positive(value));
  }

  /** The logarithm to base ten. */
  @SqlFunction(
      name = "log10",
      aliases = "log",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The logarithm to base 10",
      example = "log10(1000) = 3")
  public static double log10(double value) {
    return StrictMath.log10(positive(value));
  }

  /** The sign. */
  @SqlFunction(
      name = "sign",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "−1, 0 or 1 as the number is negative, zero or positive",
      example = "sign(-8.4) = -1")
  public static double sign(double value) {
    return value > 0 ? 1 : value < 0 ? -1 : value == 0 ? 0 : value;
  }

  /** The remainder of a division. */
  @SqlFunction(
      name = "mod",
      arguments = {BIGINT, BIGINT},
      result = BIGINT,
      description =
          "The remainder of the first number divided by the second, with the first's sign",
      example = "mod(9, 4) = 1 AND mod(-9, 4) = -1")
  public static long mod(long dividend, long divisor) {
    return Arithmetic.modulo(dividend, divisor);
  }

  /** The number π. */
  @SqlFunction(
      name = "pi",
      arguments = {},
      result = DOUBLE,
      description = "The number π",
      example = "pi() > 3.14159 AND pi() < 3.1416")
  public static double pi() {
    return Math.PI;
  }

  private static double positive(double value) {
    if (value == 0) {
      throw logarithm("cannot take logarithm of zero");
    }
    if (value < 0) {
      throw logarithm("cannot take logarithm of a negative number: " + value);
    }
    return value;
  }

  private static CaissonException power(String message) {
    return new CaissonException(SqlState.INVALID_ARGUMENT_FOR_POWER, message);
  }

  private static CaissonException logarithm(String message) {
    return new CaissonException(SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, message);
  }

  private static CaissonException overflow(String call) {
    return new CaissonException(
        SqlState.NUMERIC_OUT_OF_RANGE, "value out of range: overflow in " + call);
  }
}

package io.caisson.function;

import static io.caisson.type.TypeKind.DOUBLE;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/** Trigonometric functions and other functions of real numbers. Thread-safe. */
public final class GeometryFunctions {
  private GeometryFunctions() {}

  /** The sine of an angle in radians. */
  @SqlFunction(
      name = "sin",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The sine of an angle in radians",
      example = "sin(0) = 0")
  public static double sin(double value) {
    return StrictMath.sin(finite(value));
  }

  /** The cosine of an angle in radians. */
  @SqlFunction(
      name = "cos",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The cosine of an angle in radians",
      example = "cos(0) = 1")
  public static double cos(double value) {
    return StrictMath.cos(finite(value));
  }

  /** The tangent of an angle in radians. */
  @SqlFunction(
      name = "tan",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The tangent of an angle in radians",
      example = "tan(0) = 0")
  public static double tan(double value) {
    return StrictMath.tan(finite(value));
  }

  /** The cotangent of an angle in radians. */
  @SqlFunction(
      name = "cot",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The cotangent of an angle in radians",
      example = "round(CAST(cot(0.5) AS NUMERIC), 4) = 1.8305")
  public static double cot(double value) {
    return 1 / StrictMath.tan(finite(value));
  }

  /** The angle in radians of a sine. */
  @SqlFunction(
      name = "asin",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The angle in radians of a sine",
      example = "asin(0) = 0")
  public static double asin(double value) {
    return StrictMath.asin(unit(value));
  }

  /** The angle in radians of a cosine. */
  @SqlFunction(
      name = "acos",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The angle in radians of a cosine",
      example = "acos(1) = 0")
  public static double acos(double value) {
    return StrictMath.acos(unit(value));
  }

  /** The angle in radians of a tangent. */
  @SqlFunction(
      name = "atan",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The angle in radians of a tangent",
      example = "atan(0) = 0")
  public static double atan(double value) {
    return StrictMath.atan(value);
  }

  /** The angle in radians of a point. */
  @SqlFunction(
      name = "atan2",
      arguments = {DOUBLE, DOUBLE},
      result = DOUBLE,
      description = "The angle in radians of a point, given y and x",
      example = "atan2(0, 1) = 0")
  public static double atan2(double y, double x) {
    return StrictMath.atan2(y, x);
  }

  /** The hyperbolic sine. */
  @SqlFunction(
      name = "sinh",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The hyperbolic sine",
      example = "sinh(0) = 0")
  public static double sinh(double value) {
    return StrictMath.sinh(value);
  }

  /** The hyperbolic cosine. */
  @SqlFunction(
      name = "cosh",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The hyperbolic cosine",
      example = "cosh(0) = 1")
  public static double cosh(double value) {
    return StrictMath.cosh(value);
  }

  /** The hyperbolic tangent. */
  @SqlFunction(
      name = "tanh",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The hyperbolic tangent",
      example = "tanh(0) = 0")
  public static double tanh(double value) {
    return StrictMath.tanh(value);
  }

  /** An angle in radians as degrees. */
  @SqlFunction(
      name = "degrees",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "An angle in radians as degrees",
      example = "degrees(pi()) = 180")
  public static double degrees(double value) {
    return value / Math.PI * 180;
  }

  /** An angle in degrees as radians. */
  @SqlFunction(
      name = "radians",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "An angle in degrees as radians",
      example = "radians(180) = pi()")
  public static double radians(double value) {
    return value / 180 * Math.PI;
  }

  /** The cube root. */
  @SqlFunction(
      name = "cbrt",
      arguments = DOUBLE,
      result = DOUBLE,
      description = "The cube root",
      example = "cbrt(27) = 3")
  public static double cbrt(double value) {
    return StrictMath.cbrt(value);
  }

  /** The logarithm of the second number to the base of the first. */
  @SqlFunction(
      name = "log",
      arguments = {DOUBLE, DOUBLE},
      result = DOUBLE,
      description = "The logarithm of the second number to the base of the first",
      example = "log(2, 64) = 6")
  public static double log(double base, double value) {
    if (base <= 0 || value <= 0) {
      throw new CaissonException(
          SqlState.INVALID_ARGUMENT_FOR_LOGARITHM,
          "cannot take logarithm of a negative number or zero");
    }
    return StrictMath.log(value) / StrictMath.log(base);
  }

  private static double finite(double value) {
    if (Double.isInfinite(value)) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "input is out of range");
    }
    return value;
  }

  private static double unit(double value) {
    if (value < -1 || value > 1) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "input is out of range");
    }
    return value;
  }
}

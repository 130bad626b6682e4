package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/**
 * Arithmetic that says when a result does not fit. Integers of all sizes are {@code long}s; the
 * range checks {@link #smallint} and {@link #integer} take the exact result of the operation.
 * Floating point follows IEEE 754, but a division by zero is an error. Thread-safe.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /** The sum, if it is a BIGINT. */
  public static long addBigint(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw outOfRange("bigint", a, "+", b);
    }
    return sum;
  }

  /** The difference, if it is a BIGINT. */
  public static long subtractBigint(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw outOfRange("bigint", a, "-", b);
    }
    return difference;
  }

  /** The product, if it is a BIGINT. */
  public static long multiplyBigint(long a, long b) {
    long product = a * b;
    if (Math.multiplyHigh(a, b) != product >> 63) {
      throw outOfRange("bigint", a, "*", b);
    }
    return product;
  }

  /** The value with the other sign, if it is a BIGINT. */
  public static long negateBigint(long a) {
    if (a == Long.MIN_VALUE) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "bigint out of range: -(" + a + ")");
    }
    return -a;
  }

  /** The quotient, toward zero, if it is a BIGINT. */
  public static long divideBigint(long a, long b) {
    if (b == 0) {
      throw divisionByZero(a + " / 0");
    }
    if (b == -1) {
      return negateBigint(a);
    }
    return a / b;
  }

  /** The remainder, with the dividend's sign. */
  public static long modulo(long a, long b) {
    if (b == 0) {
      throw divisionByZero(a + " % 0");
    }
    return b == -1 ? 0 : a % b;
  }

  /** The quotient. */
  public static double divide(double a, double b) {
    if (b == 0 && !Double.isNaN(a)) {
      throw divisionByZero(a + " / 0");
    }
    return a / b;
  }

  /** The remainder, with the dividend's sign. */
  public static double modulo(double a, double b) {
    if (b == 0 && !Double.isNaN(a)) {
      throw divisionByZero(a + " % 0");
    }
    return a % b;
  }

  /** The result of an operation, if it is a SMALLINT. */
  public static long smallint(long result) {
    if (result != (short) result) {
      throw outOfRange("smallint", result);
    }
    return result;
  }

  /** The result of an operation, if it is an INTEGER. */
  public static long integer(long result) {
    if (result != (int) result) {
      throw outOfRange("integer", result);
    }
    return result;
  }

  /** The time of day that lies so many microseconds after midnight of any day. */
  public static long timeOfDay(long micros) {
    return Math.floorMod(micros, TimeCasts.MICROS_PER_DAY);
  }

  private static CaissonException divisionByZero(String operation) {
    return new CaissonException(SqlState.DIVISION_BY_ZERO, "division by zero: " + operation);
  }

  static CaissonException outOfRange(String type, long value) {
    return new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, type + " out of range: " + value);
  }

  private static CaissonException outOfRange(String type, long a, String operator, long b) {
    return new CaissonException(
        SqlState.NUMERIC_OUT_OF_RANGE, type + " out of range: " + a + " " + operator + " " + b);
  }
}

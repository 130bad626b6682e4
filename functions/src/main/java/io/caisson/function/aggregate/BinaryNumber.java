package io.caisson.function.aggregate;

import java.math.BigInteger;

/**
 * A number {@code digits · 2^exponent}, exact. Immutable.
 *
 * @param digits its digits and its sign
 * @param exponent the power of two in which they count
 */
record BinaryNumber(BigInteger digits, int exponent) {
  /** A quotient has at least so many bits before it is rounded. */
  private static final int QUOTIENT_BITS = 66;

  static BinaryNumber of(ExactSum sum) {
    return new BinaryNumber(sum.scaled(), sum.exponent());
  }

  BinaryNumber plus(BinaryNumber other) {
    if (digits.signum() == 0 || other.digits.signum() == 0) {
      return digits.signum() == 0 ? other : this;
    }
    int common = Math.min(exponent, other.exponent);
    return new BinaryNumber(
        digits.shiftLeft(exponent - common).add(other.digits.shiftLeft(other.exponent - common)),
        common);
  }

  BinaryNumber minus(BinaryNumber other) {
    return plus(new BinaryNumber(other.digits.negate(), other.exponent));
  }

  BinaryNumber times(BinaryNumber other) {
    return new BinaryNumber(digits.multiply(other.digits), exponent + other.exponent);
  }

  BinaryNumber times(long factor) {
    return new BinaryNumber(digits.multiply(BigInteger.valueOf(factor)), exponent);
  }

  /** The nearest double to the quotient; infinity where that is beyond all doubles. */
  double dividedBy(BigInteger divisor) {
    if (digits.signum() == 0) {
      return 0;
    }
    int shift = Math.max(0, QUOTIENT_BITS - digits.bitLength() + divisor.bitLength());
    BigInteger[] parts = digits.shiftLeft(shift).divideAndRemainder(divisor);
    // What is left over only matters where the bits kept stand half way between two doubles.
    BigInteger quotient =
        parts[1].signum() == 0
            ? parts[0]
            : parts[0].shiftLeft(1).add(BigInteger.valueOf(parts[1].signum()));
    int extra = parts[1].signum() == 0 ? 0 : 1;
    int excess = Math.max(0, quotient.bitLength() - Double.MAX_EXPONENT);
    double near = quotient.shiftRight(excess).doubleValue();
    return Math.scalb(near, exponent - shift - extra + excess);
  }
}

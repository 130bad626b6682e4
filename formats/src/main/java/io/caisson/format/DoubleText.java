package io.caisson.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as PostgreSQL prints them: the fewest digits that read back as the same
 * number, with an exponent only for the very large and very small ({@code 3}, {@code 0.1}, {@code
 * 1e+15}, {@code 1e-05}).
 */
public final class DoubleText {
  private static final int DOUBLE_PLAIN_DIGITS = 15;
  private static final int FLOAT_PLAIN_DIGITS = 6;
  private static final int SMALLEST_PLAIN_EXPONENT = -4;

  private DoubleText() {}

  /** A DOUBLE PRECISION as text. */
  public static String format(double value) {
    return isSpecial(value)
        ? special(value)
        : layout(
            shortest(new BigDecimal(Double.toString(value)), value), DOUBLE_PLAIN_DIGITS, value);
  }

  /** A REAL as text. */
  public static String format(float value) {
    return isSpecial(value)
        ? special(value)
        : layout(new BigDecimal(Float.toString(value)), FLOAT_PLAIN_DIGITS, value);
  }

  private static boolean isSpecial(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) || value == 0;
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return value > 0 ? "Infinity" : "-Infinity";
  }

  // Before Java 19 Double.toString sometimes writes a digit more than it has to.
  private static BigDecimal shortest(BigDecimal text, double value) {
    BigDecimal best = text;
    while (best.precision() > DOUBLE_PLAIN_DIGITS) {
      BigDecimal shorter =
          best.round(new MathContext(best.precision() - 1, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        break;
      }
      best = shorter;
    }
    return best;
  }

  private static String layout(BigDecimal number, int plainDigits, double value) {
    BigDecimal digits = number.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < plainDigits) {
      return digits.toPlainString();
    }
    String unscaled = digits.unscaledValue().abs().toString();
    var text = new StringBuilder(value < 0 ? "-" : "").append(unscaled.charAt(0));
    if (unscaled.length() > 1) {
      text.append('.').append(unscaled, 1, unscaled.length());
    }
    int size = Math.abs(exponent);
    return text.append(exponent < 0 ? "e-" : "e+")
        .append(size < 10 ? "0" : "")
        .append(size)
        .toString();
  }
}

package io.caisson.tests.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Values of both databases in one form. Stateless. */
public final class Answers {
  private static final int DIGITS = 9;

  private Answers() {}

  /** A value as text: all numbers alike, whatever their type. */
  public static String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Number number) {
      BigDecimal rounded =
          new BigDecimal(number.toString()).setScale(DIGITS, RoundingMode.HALF_EVEN);
      return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
    return "'" + value + "'";
  }
}

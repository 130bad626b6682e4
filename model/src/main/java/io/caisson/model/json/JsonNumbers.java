package io.caisson.model.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;

/** The numbers of JSON, with the range of PostgreSQL's numeric. Stateless. */
final class JsonNumbers {
  /** How many digits a number may have before the point, written out. */
  static final int MOST_DIGITS = 131_072;

  private static final int MOST_FRACTION_DIGITS = 16_383;

  private JsonNumbers() {}

  /** The same number, if it is in range. */
  static BigDecimal checked(BigDecimal number) {
    long whole = (long) number.precision() - number.scale();
    if (whole > MOST_DIGITS || number.scale() > MOST_FRACTION_DIGITS) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "value overflows numeric format: " + number);
    }
    return number;
  }

  /** A Double where that would be written back as the very same text, else the number itself. */
  static Number shortest(BigDecimal number) {
    double near = number.doubleValue();
    if (Double.isInfinite(near)) {
      return number;
    }
    BigDecimal written = BigDecimal.valueOf(near);
    boolean same = written.scale() == number.scale() && written.compareTo(number) == 0;
    return same ? (Number) near : (Number) number;
  }
}

package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Casts between numbers, booleans and text, with PostgreSQL's rules and messages. Thread-safe. */
public final class NumberCasts {
  private static final double TWO_TO_63 = 0x1p63;

  /** From here on a DOUBLE is written with an exponent. */
  private static final int DOUBLE_DIGITS = 15;

  /** From here on a REAL is written with an exponent. */
  private static final int REAL_DIGITS = 6;

  private static final int MOST_DOUBLE_DIGITS = 17;
  private static final int MOST_REAL_DIGITS = 9;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

  private NumberCasts() {}

  /** A SMALLINT of a wider integer. */
  public static long toSmallint(long value) {
    return Arithmetic.smallint(value);
  }

  /** An INTEGER of a wider integer. */
  public static long toInteger(long value) {
    return Arithmetic.integer(value);
  }

  /** The nearest BIGINT, the even one of two. */
  public static long toBigint(double value) {
    return whole(value, "bigint");
  }

  /** The nearest INTEGER, the even one of two. */
  public static long toInteger(double value) {
    long whole = whole(value, "integer");
    return Arithmetic.integer(whole);
  }

  /** The nearest SMALLINT, the even one of two. */
  public static long toSmallint(double value) {
    long whole = whole(value, "smallint");
    return Arithmetic.smallint(whole);
  }

  /** The nearest REAL. */
  public static double toReal(double value) {
    float real = (float) value;
    boolean overflow = Float.isInfinite(real) && !Double.isInfinite(value);
    if (overflow || (real == 0 && value != 0)) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "real out of range: " + doubleText(value));
    }
    return real;
  }

  /** The BIGINT that a text says. */
  public static long parseBigint(String text) {
    return parse(text, "bigint", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The INTEGER that a text says. */
  public static long parseInteger(String text) {
    return parse(text, "integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The SMALLINT that a text says. */
  public static long parseSmallint(String text) {
    return parse(text, "smallint", Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** The DOUBLE PRECISION that a text says. */
  public static double parseDouble(String text) {
    String trimmed = trimmed(text);
    if (!NUMBER.matcher(trimmed).matches()) {
      return special(trimmed, text, "double precision");
    }
    double value = Double.parseDouble(trimmed);
    boolean lost = value == 0 && new BigDecimal(trimmed).signum() != 0;
    if (Double.isInfinite(value) || lost) {
      throw outOfRange(text, "double precision");
    }
    return value;
  }

  /** The REAL that a text says. */
  public static double parseReal(String text) {
    String trimmed = trimmed(text);
    if (!NUMBER.matcher(trimmed).matches()) {
      return special(trimmed, text, "real");
    }
    float value = Float.parseFloat(trimmed);
    boolean lost = value == 0 && new BigDecimal(trimmed).signum() != 0;
    if (Float.isInfinite(value) || lost) {
      throw outOfRange(text, "real");
    }
    return value;
  }

  /** 1 for TRUE, 0 for FALSE. */
  public static long ofBoolean(boolean value) {
    return value ? 1 : 0;
  }

  /** The BOOLEAN that a text says: true, yes, on, 1, or false, no, off, 0, or a begin of a word. */
  public static boolean parseBoolean(String text) {
    String word = trimmed(text).toLowerCase(Locale.ROOT);
    if (!word.isEmpty()) {
      if ("true".startsWith(word)
          || "yes".startsWith(word)
          || word.equals("on")
          || word.equals("1")) {
        return true;
      }
      boolean off = word.equals("of") || word.equals("off");
      if ("false".startsWith(word) || "no".startsWith(word) || off || word.equals("0")) {
        return false;
      }
    }
    throw invalid(text, "boolean");
  }

  /** A truth as PostgreSQL puts it out: a letter. */
  public static String letter(boolean value) {
    return value ? "t" : "f";
  }

  /** A BOOLEAN as text. */
  public static String booleanText(boolean value) {
    return value ? "true" : "false";
  }

  /** A DOUBLE PRECISION as text: the fewest digits that say exactly this value. */
  public static String doubleText(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15 && value != 0) {
      return Long.toString((long) value);
    }
    if (!Double.isFinite(value) || value == 0) {
      return specialText(value);
    }
    // Java prints a digit too many now and then before release 19, and not always the nearest.
    BigDecimal exact = new BigDecimal(value);
    int digits = Math.min(new BigDecimal(Double.toString(value)).precision(), MOST_DOUBLE_DIGITS);
    BigDecimal shortest = rounded(exact, digits);
    while (shortest.doubleValue() != value) {
      shortest = rounded(exact, ++digits);
    }
    while (digits > 1 && rounded(exact, digits - 1).doubleValue() == value) {
      shortest = rounded(exact, --digits);
    }
    return decimalText(shortest, DOUBLE_DIGITS);
  }

  /** A REAL as text: the fewest digits that say exactly this value. */
  public static String realText(double value) {
    float real = (float) value;
    if (!Float.isFinite(real) || real == 0) {
      return specialText(value);
    }
    BigDecimal exact = new BigDecimal(value);
    int digits = Math.min(new BigDecimal(Float.toString(real)).precision(), MOST_REAL_DIGITS);
    BigDecimal shortest = rounded(exact, digits);
    while (shortest.floatValue() != real) {
      shortest = rounded(exact, ++digits);
    }
    while (digits > 1 && rounded(exact, digits - 1).floatValue() == real) {
      shortest = rounded(exact, --digits);
    }
    return decimalText(shortest, REAL_DIGITS);
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String decimalText(BigDecimal value, int mostDigits) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= -4 && exponent < mostDigits) {
      return stripped.toPlainString();
    }
    String digits = stripped.unscaledValue().abs().toString();
    var text = new StringBuilder(stripped.signum() < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append(exponent < 0 ? "e-" : "e+");
    if (Math.abs(exponent) < 10) {
      text.append('0');
    }
    return text.append(Math.abs(exponent)).toString();
  }

  private static String specialText(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  private static double special(String trimmed, String text, String type) {
    return switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw invalid(text, type);
    };
  }

  private static long whole(double value, String type) {
    double whole = Math.rint(value);
    if (!(whole >= -TWO_TO_63 && whole < TWO_TO_63)) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, type + " out of range: " + doubleText(value));
    }
    return (long) whole;
  }

  private static long parse(String text, String type, long least, long greatest) {
    String trimmed = trimmed(text);
    int length = trimmed.length();
    boolean signed = length > 0 && (trimmed.charAt(0) == '-' || trimmed.charAt(0) == '+');
    boolean negative = signed && trimmed.charAt(0) == '-';
    if (length == (signed ? 1 : 0)) {
      throw invalid(text, type);
    }
    // Counted downwards: there is one more negative number than there are positive ones.
    long value = 0;
    boolean overflow = false;
    for (int i = signed ? 1 : 0; i < length; i++) {
      int digit = trimmed.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw invalid(text, type);
      }
      overflow |= value < (Long.MIN_VALUE + digit) / 10;
      value = value * 10 - digit;
    }
    overflow |= !negative && value == Long.MIN_VALUE;
    long result = negative ? value : -value;
    if (overflow || result < least || result > greatest) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "value \"" + text + "\" is out of range for type " + type);
    }
    return result;
  }

  /** Without what C calls white space. */
  static String trimmed(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && isSpace(text.charAt(begin))) {
      begin++;
    }
    while (begin < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static CaissonException invalid(String text, String type) {
    return new CaissonException(
        SqlState.INVALID_TEXT, "invalid input syntax for type " + type + ": \"" + text + "\"");
  }

  private static CaissonException outOfRange(String text, String type) {
    return new CaissonException(
        SqlState.NUMERIC_OUT_OF_RANGE, "\"" + text + "\" is out of range for type " + type);
  }
}

package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A template of {@code to_char} of numbers: 9 and 0 for digits, {@code .} or D for the point,
 * {@code ,} or G between groups, S or MI for the sign, FM to take blanks away. Immutable.
 */
final class NumberTemplate {
  private final String digits;
  private final boolean filled;
  private final boolean signed;
  private final boolean signBehind;
  private final int scale;

  private NumberTemplate(String digits, boolean filled, boolean signed, boolean signBehind) {
    this.digits = digits;
    this.filled = filled;
    this.signed = signed;
    this.signBehind = signBehind;
    int point = digits.indexOf('.');
    this.scale =
        point < 0 ? 0 : (int) digits.substring(point).chars().filter(c -> c != '.').count();
  }

  static NumberTemplate of(String template) {
    String upper = template.toUpperCase(Locale.ROOT);
    boolean filled = !upper.contains("FM");
    String rest = upper.replace("FM", "").replace('D', '.').replace('G', ',');
    boolean signBehind = rest.endsWith("S") || rest.endsWith("MI");
    boolean signed = rest.contains("S") && !rest.contains("MI");
    String digits = rest.replace("MI", "").replace("S", "");
    if (!digits.matches("[90,]*\\.?[90]*")) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER, "\"" + template + "\" is no template of a number")
          .withHint("Use 9, 0, the point, the comma, S, MI and FM.");
    }
    return new NumberTemplate(digits, filled, signed, signBehind);
  }

  String write(BigDecimal number) {
    BigDecimal rounded = number.abs().setScale(scale, RoundingMode.HALF_UP);
    String whole = rounded.toBigInteger().toString();
    String fraction =
        scale == 0 ? "" : rounded.remainder(BigDecimal.ONE).toPlainString().substring(2);
    int point = digits.indexOf('.');
    String left = point < 0 ? digits : digits.substring(0, point);
    long places = left.chars().filter(c -> c != ',').count();
    if (whole.length() > places && !whole.equals("0")) {
      return (filled ? " " : "") + digits.replaceAll("[90]", "#");
    }
    String body = whole(whole, left) + fraction(fraction, point < 0 ? "" : digits.substring(point));
    boolean negative = number.signum() < 0 && rounded.signum() != 0;
    if (signBehind) {
      return body + (negative ? "-" : signed ? "+" : filled ? " " : "");
    }
    String trimmed = body.stripLeading();
    String sign = negative ? "-" : signed ? "+" : filled ? " " : "";
    return " ".repeat(body.length() - trimmed.length()) + sign + trimmed;
  }

  private String whole(String number, String template) {
    int firstZero = template.indexOf('0');
    var text = new StringBuilder();
    int next = number.length() - 1;
    for (int i = template.length() - 1; i >= 0; i--) {
      boolean more = next >= 0 && !(number.equals("0") && !keepsZero(template));
      boolean zero = firstZero >= 0 && i >= firstZero;
      if (template.charAt(i) == ',') {
        text.append(more || zero ? "," : filled ? " " : "");
      } else if (more) {
        text.append(number.charAt(next--));
      } else {
        text.append(zero ? "0" : filled ? " " : "");
      }
    }
    return text.reverse().toString();
  }

  /** A zero in front of the point is left out, unless nothing else is there. */
  private boolean keepsZero(String template) {
    return digits.indexOf('.') < 0 || template.indexOf('0') >= 0;
  }

  private String fraction(String fraction, String template) {
    if (template.isEmpty()) {
      return "";
    }
    int kept = fraction.length();
    while (!filled
        && kept > 0
        && fraction.charAt(kept - 1) == '0'
        && template.charAt(kept) == '9') {
      kept--;
    }
    return "." + fraction.substring(0, kept);
  }

  /** The number that a text says, whatever stands between its digits. */
  static BigDecimal read(String text) {
    boolean negative = text.contains("-") || text.strip().startsWith("(");
    String plain = text.replaceAll("[^0-9.]", "");
    if (!plain.matches("\\d*\\.?\\d*") || plain.replace(".", "").isEmpty()) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type numeric: \"" + text + "\"");
    }
    BigDecimal value = new BigDecimal(plain);
    return negative ? value.negate() : value;
  }
}

package io.caisson.tests;

import io.caisson.Row;
import io.caisson.format.ValueText;
import io.caisson.time.Timestamps;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of rows as text that tests compare. Stateless. */
public final class Values {
  private static final double EXACT_INTEGERS = 1e15;

  private Values() {}

  /** A value as text: NULL for null, integral doubles without a fraction. */
  public static String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Double number) {
      return number(number, number.toString());
    }
    if (value instanceof Float number) {
      return number(number, number.toString());
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof LocalDateTime time) {
      return Timestamps.format(time);
    }
    if (value instanceof OffsetDateTime time) {
      String offset = time.getOffset().getTotalSeconds() == 0 ? "+00" : time.getOffset().getId();
      return Timestamps.format(time.toLocalDateTime()) + offset;
    }
    if (value instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
    return value instanceof List<?> ? ValueText.format(value) : value.toString();
  }

  /** All values of a row as text. */
  public static List<String> texts(Row row) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < row.size(); i++) {
      texts.add(text(row.get(i)));
    }
    return texts;
  }

  private static String number(double value, String otherwise) {
    if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
      return String.valueOf((long) value);
    }
    return otherwise;
  }
}

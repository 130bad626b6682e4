package io.caisson.format;

import io.caisson.function.array.ArrayText;
import io.caisson.time.Timestamps;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of rows as text, as PostgreSQL writes them; booleans in full. */
public final class ValueText {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int MICRO_DIGITS = 6;

  private ValueText() {}

  /** A value that is not NULL as text. */
  public static String format(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Double number) {
      return DoubleText.format(number.doubleValue());
    }
    if (value instanceof Float number) {
      return DoubleText.format(number.floatValue());
    }
    if (value instanceof LocalDateTime time) {
      return Timestamps.format(time);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof LocalTime time) {
      return clock(time.toNanoOfDay());
    }
    if (value instanceof OffsetDateTime time) {
      return Timestamps.format(time.toLocalDateTime()) + offset(time.getOffset().getTotalSeconds());
    }
    if (value instanceof List<?> elements) {
      return array(elements);
    }
    return value.toString();
  }

  /** As in PostgreSQL the truth is one letter here. */
  private static String array(List<?> elements) {
    var texts = new ArrayList<@Nullable String>();
    for (Object element : elements) {
      if (element == null) {
        texts.add(null);
      } else {
        texts.add(element instanceof Boolean flag ? flag ? "t" : "f" : format(element));
      }
    }
    return ArrayText.write(texts);
  }

  private static String clock(long nanos) {
    long seconds = nanos / NANOS_PER_SECOND;
    var text = new StringBuilder();
    twoDigits(text, seconds / 3600).append(':');
    twoDigits(text, seconds / 60 % 60).append(':');
    twoDigits(text, seconds % 60);
    long micros = nanos % NANOS_PER_SECOND / NANOS_PER_MICRO;
    if (micros != 0) {
      String fraction = Long.toString(micros);
      text.append('.').append("0".repeat(MICRO_DIGITS - fraction.length())).append(fraction);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.toString();
  }

  private static String offset(int seconds) {
    int size = Math.abs(seconds);
    var text = twoDigits(new StringBuilder(seconds < 0 ? "-" : "+"), size / 3600);
    if (size % 3600 != 0) {
      twoDigits(text.append(':'), size / 60 % 60);
    }
    return text.toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, long number) {
    return (number < 10 ? text.append('0') : text).append(number);
  }
}

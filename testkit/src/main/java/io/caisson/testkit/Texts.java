package io.caisson.testkit;

import io.caisson.time.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as the text by which a test compares them: equal numbers have equal texts whatever their
 * class, and a time may be given as text. Stateless.
 */
final class Texts {
  private Texts() {}

  /** A value as text. */
  static String of(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? plain(new BigDecimal(value.toString())) : value.toString();
    }
    if (value instanceof Number number) {
      return plain(new BigDecimal(number.toString()));
    }
    if (value instanceof LocalDateTime time) {
      return Timestamps.format(time);
    }
    if (value instanceof Instant time) {
      return instant(time);
    }
    if (value instanceof OffsetDateTime time) {
      return instant(time.toInstant());
    }
    if (value instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
    return value.toString();
  }

  /** All values of a row. */
  static List<String> of(Collection<? extends @Nullable Object> values) {
    var texts = new ArrayList<String>();
    for (Object value : values) {
      texts.add(of(value));
    }
    return texts;
  }

  /** A row on a line. */
  static String line(List<String> row) {
    return String.join(" | ", row);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String instant(Instant time) {
    return Timestamps.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + "+00";
  }
}

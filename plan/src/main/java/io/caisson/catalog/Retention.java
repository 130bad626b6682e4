package io.caisson.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream keeps its rows, as its options say. Without any limit it keeps all. Immutable.
 *
 * @param ageMicros rows may go when their commit is older, in microseconds
 * @param bytes the oldest rows may go while the stream takes more, in bytes as stored
 */
public record Retention(OptionalLong ageMicros, OptionalLong bytes) {
  /** The option that limits the age. */
  public static final String AGE = "retention";

  /** The option that limits the size. */
  public static final String BYTES = "retention_bytes";

  private static final Pattern SIZE = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-z]*)\\s*");

  /**
   * What a stream's options say.
   *
   * @throws IllegalArgumentException when a limit can't be understood; the message says what can
   */
  public static Retention of(Map<String, String> options) {
    String age = options.get(AGE);
    String bytes = options.get(BYTES);
    return new Retention(
        age == null ? OptionalLong.empty() : OptionalLong.of(OptionTime.micros(AGE, age)),
        bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes(bytes)));
  }

  /** Whether there is any limit. */
  public boolean limited() {
    return ageMicros.isPresent() || bytes.isPresent();
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    Integer shift = size.matches() ? shift(size.group(2)) : null;
    if (shift == null) {
      throw badSize(text);
    }
    BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << shift));
    if (bytes.signum() == 0) {
      throw badSize(text);
    }
    return whole(bytes, text);
  }

  private static @Nullable Integer shift(String unit) {
    return switch (unit) {
      case "", "b", "bytes" -> 0;
      case "kb" -> 10;
      case "mb" -> 20;
      case "gb" -> 30;
      case "tb" -> 40;
      case "pb" -> 50;
      default -> null;
    };
  }

  private static IllegalArgumentException badSize(String text) {
    return new IllegalArgumentException(
        "invalid value for parameter \"" + BYTES + "\": \"" + text + "\"");
  }

  private static long whole(BigDecimal value, String text) {
    try {
      return value.setScale(0, RoundingMode.CEILING).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" is more than can be counted", e);
    }
  }
}

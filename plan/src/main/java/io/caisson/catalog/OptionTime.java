package io.caisson.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as options say them: {@code '1 hour 30 minutes'}. Stateless. */
public final class OptionTime {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-z]+)\\s*,?");

  private OptionTime() {}

  /**
   * A length of time, more than nothing, in microseconds.
   *
   * @param option the option's name
   * @param text what it says
   * @throws IllegalArgumentException when it can't be understood; the message says so
   */
  public static long micros(String option, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher part = PART.matcher(lower);
    BigDecimal total = BigDecimal.ZERO;
    int end = 0;
    while (end < lower.length() && part.find(end) && part.start() == end) {
      Long seconds = seconds(part.group(2));
      if (seconds == null) {
        throw invalid(option, text);
      }
      total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(seconds)));
      end = part.end();
    }
    if (end == 0 || end < lower.length() || total.signum() == 0) {
      throw invalid(option, text);
    }
    try {
      return total
          .multiply(BigDecimal.valueOf(MICROS_PER_SECOND))
          .setScale(0, RoundingMode.CEILING)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" is more than can be counted", e);
    }
  }

  private static @Nullable Long seconds(String unit) {
    return switch (unit) {
      case "s", "sec", "secs", "second", "seconds" -> 1L;
      case "m", "min", "mins", "minute", "minutes" -> 60L;
      case "h", "hr", "hrs", "hour", "hours" -> 3_600L;
      case "d", "day", "days" -> 86_400L;
      case "w", "week", "weeks" -> 604_800L;
      default -> null;
    };
  }

  private static IllegalArgumentException invalid(String option, String text) {
    return new IllegalArgumentException(
        "invalid value for parameter \"" + option + "\": \"" + text + "\"");
  }
}

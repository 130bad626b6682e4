package io.caisson.sql.define;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as options give them: {@code 1 hour}, {@code 7 days 12 hours}. Stateless. */
final class TimeSpans {
  private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-z]+)\\s*");
  private static final Map<String, Long> MICROS =
      Map.ofEntries(
          Map.entry("ms", 1_000L),
          Map.entry("millisecond", 1_000L),
          Map.entry("s", 1_000_000L),
          Map.entry("sec", 1_000_000L),
          Map.entry("second", 1_000_000L),
          Map.entry("m", 60_000_000L),
          Map.entry("min", 60_000_000L),
          Map.entry("minute", 60_000_000L),
          Map.entry("h", 3_600_000_000L),
          Map.entry("hour", 3_600_000_000L),
          Map.entry("d", 86_400_000_000L),
          Map.entry("day", 86_400_000_000L),
          Map.entry("week", 604_800_000_000L));

  private TimeSpans() {}

  /** The microseconds of a length of time; empty where the text is none. */
  static Optional<Long> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher part = PART.matcher(lower);
    BigDecimal micros = BigDecimal.ZERO;
    int at = 0;
    while (at < lower.length()) {
      part.region(at, lower.length());
      Long unit = part.lookingAt() ? unit(part.group(2)) : null;
      if (unit == null) {
        return Optional.empty();
      }
      micros = micros.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      at = part.end();
    }
    boolean fits = at > 0 && micros.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) < 0;
    return fits ? Optional.of(micros.longValue()) : Optional.empty();
  }

  private static @org.jspecify.annotations.Nullable Long unit(String name) {
    Long unit = MICROS.get(name);
    boolean plural = unit == null && name.endsWith("s");
    return plural ? MICROS.get(name.substring(0, name.length() - 1)) : unit;
  }
}

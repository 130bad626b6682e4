package io.caisson.sql.parse;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites PostgreSQL's {@code INTERVAL '5 minutes'} as the standard's {@code INTERVAL '300'
 * SECOND}, of the same length so that places in the text stay what they are:
 *
 * <pre>
 *   INTERVAL '90 minutes'       INTERVAL '7 days'
 *   INTERVAL '90' MINUTE        INTERVAL '7' DAY
 * </pre>
 *
 * What is no number of one unit, {@code INTERVAL '1 month 3 days'}, is left to {@code
 * IntervalSyntax}. Stateless.
 */
final class IntervalLiterals {
  private static final Pattern PART =
      Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([a-z]+)\\s*");
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("s", "SECOND"),
          Map.entry("sec", "SECOND"),
          Map.entry("secs", "SECOND"),
          Map.entry("second", "SECOND"),
          Map.entry("seconds", "SECOND"),
          Map.entry("m", "MINUTE"),
          Map.entry("min", "MINUTE"),
          Map.entry("mins", "MINUTE"),
          Map.entry("minute", "MINUTE"),
          Map.entry("minutes", "MINUTE"),
          Map.entry("h", "HOUR"),
          Map.entry("hour", "HOUR"),
          Map.entry("hours", "HOUR"),
          Map.entry("d", "DAY"),
          Map.entry("day", "DAY"),
          Map.entry("days", "DAY"),
          Map.entry("week", "WEEK"),
          Map.entry("weeks", "WEEK"),
          Map.entry("month", "MONTH"),
          Map.entry("months", "MONTH"),
          Map.entry("mon", "MONTH"),
          Map.entry("mons", "MONTH"),
          Map.entry("year", "YEAR"),
          Map.entry("years", "YEAR"),
          Map.entry("ms", "MILLISECOND"),
          Map.entry("millisecond", "MILLISECOND"),
          Map.entry("milliseconds", "MILLISECOND"));
  private static final Map<String, Long> SECONDS =
      Map.of("SECOND", 1L, "MINUTE", 60L, "HOUR", 3_600L, "DAY", 86_400L);
  private static final int THOUSANDTH = 3;
  private static final String INTERVAL = "INTERVAL";

  /**
   * What stands in place of INTERVAL before a text that says all its units: the grammar has this
   * word for literals that PostgreSQL lacks.
   */
  private static final String ANY_UNITS = "DATETIME";

  private static final Pattern UNIT =
      Pattern.compile(
          "\\s*(?:year|quarter|month|week|day|hour|minute|second)s?\\b", Pattern.CASE_INSENSITIVE);
  private static final int DAYS_PER_WEEK = 7;

  private IntervalLiterals() {}

  static String rewrite(String text) {
    if (!text.toLowerCase(Locale.ROOT).contains("interval")) {
      return text;
    }
    var result = new StringBuilder(text);
    var scanner = new SqlScanner(text);
    int afterInterval = -1;
    for (var kind = scanner.next(); kind != SqlScanner.Kind.END; kind = scanner.next()) {
      if (kind == SqlScanner.Kind.WORD) {
        afterInterval = scanner.token().equalsIgnoreCase("interval") ? scanner.end() : -1;
      } else if (kind == SqlScanner.Kind.STRING && afterInterval >= 0) {
        if (!replace(result, afterInterval, scanner.end(), scanner.token())
            && !UNIT.matcher(text).region(scanner.end(), text.length()).lookingAt()) {
          int word = afterInterval - INTERVAL.length();
          result.replace(word, afterInterval, ANY_UNITS);
        }
        afterInterval = -1;
      } else if (kind != SqlScanner.Kind.SPACE && kind != SqlScanner.Kind.COMMENT) {
        afterInterval = -1;
      }
    }
    return result.toString();
  }

  /** Whether the literal is one number of one unit, or can be written as one. */
  private static boolean replace(StringBuilder text, int start, int end, String literal) {
    String inside = literal.substring(1, literal.length() - 1).toLowerCase(Locale.ROOT);
    Optional<String> standard = standard(inside);
    standard.ifPresent(s -> text.replace(start, end, fit(s, end - start)));
    return standard.isPresent();
  }

  /** As long as it was, with blanks before or behind; longer only where it cannot be helped. */
  private static String fit(String standard, int length) {
    String spaced = standard.length() < length ? " " + standard : standard;
    return spaced + " ".repeat(Math.max(0, length - spaced.length()));
  }

  private static Optional<String> standard(String inside) {
    Matcher part = PART.matcher(inside);
    BigDecimal seconds = BigDecimal.ZERO;
    String single = "";
    boolean days = false;
    int parts = 0;
    int at = 0;
    while (at < inside.length()) {
      String unit = part.find(at) && part.start() == at ? UNITS.get(part.group(2)) : null;
      if (unit == null) {
        return Optional.empty();
      }
      BigDecimal amount = new BigDecimal(part.group(1));
      if (unit.equals("WEEK")) {
        amount = amount.multiply(BigDecimal.valueOf(DAYS_PER_WEEK));
        unit = "DAY";
      } else if (unit.equals("MILLISECOND")) {
        amount = amount.movePointLeft(THOUSANDTH);
        unit = "SECOND";
      }
      Long factor = SECONDS.get(unit);
      if (factor == null && (parts > 0 || part.end() < inside.length())) {
        return Optional.empty();
      }
      seconds = factor == null ? seconds : seconds.add(amount.multiply(BigDecimal.valueOf(factor)));
      boolean whole = amount.stripTrailingZeros().scale() <= 0;
      single = whole || unit.equals("SECOND") ? "'" + amount.toPlainString() + "'" + unit : "";
      days |= unit.equals("DAY");
      parts++;
      at = part.end();
    }
    boolean alone = parts == 1 && !single.isEmpty();
    // Days are no 24 hours: an interval keeps both.
    if (parts == 0 || (days && !alone)) {
      return Optional.empty();
    }
    return Optional.of(alone ? single : "'" + seconds.toPlainString() + "'SECOND");
  }
}

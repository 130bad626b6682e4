package io.caisson.engine.session;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.ZonedTimes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of a session. For one thread. */
final class SessionSettings {
  /** The name of the setting that says how old the views that a statement reads may be. */
  static final String FRESHNESS = "freshness";

  /** The name of the setting that says in which time zone instants are read and written. */
  static final String TIME_ZONE = "timezone";

  /** The name of the setting that lets large statements run in several transactions. */
  static final String STATEMENT_CHUNKS = "statement_chunks";

  /** The name of the setting that says how much memory the rows held by one statement may take. */
  static final String STATEMENT_MEMORY = "statement_memory";

  private static final List<String> NAMES =
      List.of(FRESHNESS, STATEMENT_CHUNKS, STATEMENT_MEMORY, TIME_ZONE);

  private static final int SHARE_OF_HEAP = 4;
  private static final String FRESH = "0 seconds";
  private static final String ANY = "none";
  private static final Pattern DURATION =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|milliseconds?|s|seconds?|min|minutes?|h|hours?)?");

  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(b|kb|mb|gb)?");

  private String freshness = FRESH;
  private long statementMemory = defaultMemory();
  private long staleMicros;
  private ZoneId timeZone = ZoneOffset.UTC;
  private String timeZoneName = "UTC";
  private boolean statementChunks;

  /**
   * Changes a setting.
   *
   * @param value the new value, or null for the default
   */
  void set(String name, @Nullable String value) {
    check(name);
    String text = value == null ? "" : value.trim().toLowerCase(Locale.ROOT);
    switch (name) {
      case STATEMENT_CHUNKS -> statementChunks = value != null && flag(text);
      case STATEMENT_MEMORY -> statementMemory = value == null ? defaultMemory() : bytes(value);
      case TIME_ZONE -> setTimeZone(value);
      default -> setFreshness(value == null ? FRESH : text);
    }
  }

  private void setTimeZone(@Nullable String value) {
    timeZone =
        value == null || value.equalsIgnoreCase("local") ? ZoneOffset.UTC : ZonedTimes.zone(value);
    timeZoneName = timeZone.equals(ZoneOffset.UTC) ? "UTC" : timeZone.getId();
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "on", "true", "yes", "1" -> true;
      case "off", "false", "no", "0" -> false;
      default ->
          throw new CaissonException(
                  SqlState.INVALID_PARAMETER,
                  "parameter \"" + STATEMENT_CHUNKS + "\" requires a Boolean value")
              .withHint("give on or off");
    };
  }

  private void setFreshness(String text) {
    if (text.equals(ANY)) {
      staleMicros = Long.MAX_VALUE;
    } else {
      Matcher duration = DURATION.matcher(text);
      if (!duration.matches()) {
        throw new CaissonException(
                SqlState.INVALID_PARAMETER,
                "invalid value for parameter \"freshness\": \"" + text + "\"")
            .withHint("give a duration as '5 seconds', or 'none'");
      }
      staleMicros = (long) (Double.parseDouble(duration.group(1)) * unitMicros(duration.group(2)));
    }
    freshness = text;
  }

  private static long defaultMemory() {
    return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }

  private static long bytes(String value) {
    Matcher size = SIZE.matcher(value.trim().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER,
              "invalid value for parameter \"statement_memory\": \"" + value + "\"")
          .withHint("give a size as '64MB'; a number alone is kilobytes");
    }
    String unit = size.group(2) == null ? "kb" : size.group(2);
    int shift =
        switch (unit) {
          case "b" -> 0;
          case "kb" -> 10;
          case "mb" -> 20;
          default -> 30;
        };
    return Long.parseLong(size.group(1)) << shift;
  }

  /** How many bytes the rows held by one statement may take. */
  long statementMemory() {
    return statementMemory;
  }

  private static double unitMicros(@Nullable String unit) {
    if (unit == null || unit.startsWith("s")) {
      return 1e6;
    }
    if (unit.equals("ms") || unit.startsWith("milli")) {
      return 1e3;
    }
    return unit.startsWith("h") ? 3600e6 : 60e6;
  }

  /** The value of a setting. */
  String get(String name) {
    check(name);
    return switch (name) {
      case STATEMENT_CHUNKS -> statementChunks ? "on" : "off";
      case TIME_ZONE -> timeZoneName;
      case STATEMENT_MEMORY -> (statementMemory >> 10) + "kB";
      default -> freshness;
    };
  }

  private static void check(String name) {
    if (!NAMES.contains(name)) {
      throw new CaissonException(
              SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"")
          .withHint("there are " + String.join(", ", NAMES));
    }
  }

  /** The time zone in which instants are read and written as text. */
  ZoneId timeZone() {
    return timeZone;
  }

  /** Whether statements that change rows outside of a transaction run in several. */
  boolean statementChunks() {
    return statementChunks;
  }

  /**
   * Up to which store version views must have come for a statement that starts at one; empty for no
   * matter what.
   */
  OptionalLong requiredVersion(long startVersion) {
    return staleMicros == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, startVersion - staleMicros));
  }
}

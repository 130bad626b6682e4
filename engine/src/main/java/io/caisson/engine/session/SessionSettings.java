package io.caisson.engine.session;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of a session. For one thread. */
final class SessionSettings {
  /** The name of the setting that says how old the views that a statement reads may be. */
  static final String FRESHNESS = "freshness";

  /** The name of the setting that lets large statements run in several transactions. */
  static final String STATEMENT_CHUNKS = "statement_chunks";

  private static final String FRESH = "0 seconds";
  private static final String ANY = "none";
  private static final Pattern DURATION =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|milliseconds?|s|seconds?|min|minutes?|h|hours?)?");

  private String freshness = FRESH;
  private long staleMicros;
  private boolean statementChunks;

  /**
   * Changes a setting.
   *
   * @param value the new value, or null for the default
   */
  void set(String name, @Nullable String value) {
    check(name);
    @Nullable String text = value == null ? null : value.trim().toLowerCase(Locale.ROOT);
    if (name.equals(STATEMENT_CHUNKS)) {
      statementChunks = text != null && flag(text);
    } else {
      setFreshness(text == null ? FRESH : text);
    }
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
    return name.equals(STATEMENT_CHUNKS) ? (statementChunks ? "on" : "off") : freshness;
  }

  private static void check(String name) {
    if (!name.equals(FRESHNESS) && !name.equals(STATEMENT_CHUNKS)) {
      throw new CaissonException(
              SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"")
          .withHint("there are \"" + FRESHNESS + "\" and \"" + STATEMENT_CHUNKS + "\"");
    }
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

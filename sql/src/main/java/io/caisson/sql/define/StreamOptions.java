package io.caisson.sql.define;

import io.caisson.catalog.OptionTime;
import io.caisson.catalog.Retention;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.OptionSyntax;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The options of WITH, SET and RESET of streams. For one statement. */
public final class StreamOptions {
  /** How many logs a stream is spread over. */
  static final String SHARDS = "shards";

  private static final Set<String> NAMES =
      Set.of(SHARDS, Retention.AGE, Retention.BYTES, StreamDefinition.IDLE_TIMEOUT);
  private static final int MAX_SHARDS = 1_024;
  private static final String ALL =
      "A stream has the options retention, retention_bytes, idle_timeout and shards.";

  private final SqlErrors errors;

  /** Options of a statement whose errors the given maker makes. */
  public StreamOptions(SqlErrors errors) {
    this.errors = errors;
  }

  /** Reads options, each of a known name and with a value that makes sense. */
  public Map<String, String> read(List<OptionSyntax> given) {
    var options = new TreeMap<String, String>();
    for (OptionSyntax option : given) {
      String name = option.name().getSimple().toLowerCase(Locale.ROOT);
      SqlParserPos place = option.name().getParserPosition();
      checkName(name, place);
      SqlNode value = option.value();
      if (value == null) {
        throw errors.at(
            SqlState.INVALID_PARAMETER, "parameter \"" + name + "\" needs a value", place);
      }
      if (options.put(name, Definitions.text(value)) != null) {
        throw errors.at(
            SqlState.INVALID_PARAMETER,
            "parameter \"" + name + "\" specified more than once",
            place);
      }
      checkValue(name, Definitions.text(value), value.getParserPosition());
    }
    return options;
  }

  /** The name of an option that a stream may change its mind about. */
  public String changeable(String given, SqlParserPos place) {
    String name = given.toLowerCase(Locale.ROOT);
    checkName(name, place);
    if (name.equals(SHARDS)) {
      throw errors
          .unsupported("the number of shards of a stream cannot be changed", place)
          .withHint(
              "Create a stream with the number you want, and INSERT INTO it SELECT from this one.");
    }
    if (name.equals(StreamDefinition.IDLE_TIMEOUT)) {
      throw errors
          .unsupported("the idle timeout of a stream cannot be changed", place)
          .withHint(
              "Which rows are late depends on it. Create a stream with the one you want, and INSERT INTO it SELECT "
                  + "from this one.");
    }
    return name;
  }

  private void checkName(String name, SqlParserPos place) {
    if (!NAMES.contains(name)) {
      throw errors
          .at(SqlState.INVALID_PARAMETER, "unrecognized parameter \"" + name + "\"", place)
          .withHint(ALL);
    }
  }

  private void checkValue(String name, String value, SqlParserPos place) {
    if (name.equals(SHARDS)) {
      shards(value, place);
      return;
    }
    try {
      var unused =
          name.equals(StreamDefinition.IDLE_TIMEOUT)
              ? OptionalLong.of(OptionTime.micros(name, value))
              : Retention.of(Map.of(name, value));
    } catch (IllegalArgumentException e) {
      CaissonException error =
          errors.at(SqlState.INVALID_PARAMETER, String.valueOf(e.getMessage()), place);
      throw name.equals(Retention.BYTES)
          ? error.withHint("Write a size in bytes, kB, MB, GB or TB: '10 GB'.")
          : error.withHint("Write it in weeks, days, hours, minutes or seconds: '7 days'.");
    }
  }

  /** How many shards an option says, or else the given number. */
  int shards(@Nullable String text, int otherwise) {
    return text == null ? otherwise : shards(text, SqlParserPos.ZERO);
  }

  private int shards(String text, SqlParserPos place) {
    try {
      int shards = new BigDecimal(text).intValueExact();
      if (shards >= 1 && shards <= MAX_SHARDS) {
        return shards;
      }
    } catch (ArithmeticException | NumberFormatException notNumber) {
      // Reported below, as a number out of range is.
    }
    throw errors.at(
        SqlState.INVALID_PARAMETER,
        "shards must be a number from 1 to " + MAX_SHARDS + ", not \"" + text + "\"",
        place);
  }
}

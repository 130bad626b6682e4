package io.caisson.sql.define;

import io.caisson.catalog.Retention;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.OptionSyntax;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** The options of WITH of subscriptions, and of SUBSCRIBE. For one statement. */
public final class SubscriptionOptions {
  private final SqlErrors errors;

  /** Options of a statement whose errors the given maker makes. */
  public SubscriptionOptions(SqlErrors errors) {
    this.errors = errors;
  }

  /**
   * Options by their names.
   *
   * @param names the names that there are
   * @param all says so to people
   */
  public Map<String, OptionSyntax> named(List<OptionSyntax> given, Set<String> names, String all) {
    var options = new HashMap<String, OptionSyntax>();
    for (OptionSyntax option : given) {
      String name = option.name().getSimple().toLowerCase(Locale.ROOT);
      if (!names.contains(name)) {
        throw wrong(option, "unrecognized parameter \"" + name + "\"", all);
      }
      if (options.put(name, option) != null) {
        throw wrong(option, "parameter \"" + name + "\" specified more than once", "Keep one.");
      }
    }
    return options;
  }

  /** Whether an option is on; the given answer where it is not there. */
  public boolean flag(Map<String, OptionSyntax> options, String name, boolean otherwise) {
    OptionSyntax option = options.get(name);
    if (option == null) {
      return otherwise;
    }
    String text = Definitions.text(option.value()).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "on", "yes", "1" -> true;
      case "false", "off", "no", "0" -> false;
      default ->
          throw errors.at(
              SqlState.INVALID_PARAMETER,
              "option \"" + name + "\" must be true or false, not \"" + text + "\"",
              option.name().getParserPosition());
    };
  }

  /** Whether the envelope is that of new rows by their keys. */
  public boolean upsert(Map<String, OptionSyntax> options) {
    OptionSyntax option = options.get("envelope");
    if (option == null) {
      return false;
    }
    String text = Definitions.text(option.value()).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "upsert" -> true;
      case "weights" -> false;
      default ->
          throw wrong(
              option,
              "invalid value for parameter \"envelope\": \"" + text + "\"",
              "It may be 'weights', which is the default, or 'upsert'.");
    };
  }

  /** The limits that options set. */
  public Retention limits(Map<String, OptionSyntax> options) {
    var texts = new HashMap<String, String>();
    for (String name : List.of(Retention.AGE, Retention.BYTES)) {
      OptionSyntax option = options.get(name);
      if (option != null) {
        texts.put(name, limit(option, name));
      }
    }
    return Retention.of(texts);
  }

  private String limit(OptionSyntax option, String name) {
    SqlNode value = option.value();
    if (value == null) {
      throw errors.at(
          SqlState.INVALID_PARAMETER,
          "parameter \"" + name + "\" needs a value",
          option.name().getParserPosition());
    }
    String text = Definitions.text(value);
    try {
      Retention unused = Retention.of(Map.of(name, text));
      return text;
    } catch (IllegalArgumentException e) {
      throw wrong(
          option,
          String.valueOf(e.getMessage()),
          name.equals(Retention.BYTES)
              ? "Write a size in bytes, kB, MB, GB or TB: '10 GB'."
              : "Write it in weeks, days, hours, minutes or seconds: '7 days'.");
    }
  }

  private CaissonException wrong(OptionSyntax option, String what, String hint) {
    return errors
        .at(SqlState.INVALID_PARAMETER, what, option.name().getParserPosition())
        .withHint(hint);
  }
}

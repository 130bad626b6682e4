package io.caisson.sql.define;

import io.caisson.catalog.OptionTime;
import io.caisson.catalog.ViewSettings;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.OptionSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** The options of WITH of materialized views. For one statement. */
public final class ViewOptions {
  private static final String ALL =
      "A materialized view has the options allowed_lateness, backfill_rows_per_second and on_error.";

  private final SqlErrors errors;

  /** Options of a statement whose errors the given maker makes. */
  public ViewOptions(SqlErrors errors) {
    this.errors = errors;
  }

  /** Reads options, each of a known name and with a value that makes sense. */
  public ViewSettings read(List<OptionSyntax> given) {
    boolean skipsErrors = false;
    long backfillRows = 0;
    long lateness = 0;
    var seen = new HashSet<String>();
    for (OptionSyntax option : given) {
      String name = option.name().getSimple().toLowerCase(Locale.ROOT);
      if (!seen.add(name)) {
        throw wrong(option, "parameter \"" + name + "\" specified more than once", "Keep one.");
      }
      switch (name) {
        case "backfill_rows_per_second" -> backfillRows = rows(option);
        case "allowed_lateness" -> lateness = lateness(option);
        case "on_error" -> skipsErrors = skips(option);
        default -> throw wrong(option, "unrecognized parameter \"" + name + "\"", ALL);
      }
    }
    return new ViewSettings(skipsErrors, backfillRows, lateness, false, 0);
  }

  private long lateness(OptionSyntax option) {
    String text = option.value() == null ? "" : Definitions.text(option.value());
    try {
      return OptionTime.micros("allowed_lateness", text);
    } catch (IllegalArgumentException e) {
      throw wrong(
          option,
          String.valueOf(e.getMessage()),
          "Write it in weeks, days, hours, minutes or seconds: '1 minute'.");
    }
  }

  private long rows(OptionSyntax option) {
    String text = option.value() == null ? "" : Definitions.text(option.value());
    try {
      long rows = Long.parseLong(text.trim());
      if (rows > 0) {
        return rows;
      }
    } catch (NumberFormatException notNumber) {
      // Reported below, as a number out of range is.
    }
    throw wrong(
        option,
        "backfill_rows_per_second must be a positive number, not \"" + text + "\"",
        "Leave it out, and rows are read as fast as they can be.");
  }

  private boolean skips(OptionSyntax option) {
    String text = option.value() == null ? "" : Definitions.text(option.value());
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "skip" -> true;
      case "fail" -> false;
      default ->
          throw wrong(
              option,
              "on_error must be 'fail' or 'skip', not \"" + text + "\"",
              "With 'skip', rows that an expression fails on are put aside in <view>$errors.");
    };
  }

  private CaissonException wrong(OptionSyntax option, String what, String hint) {
    return errors
        .at(SqlState.INVALID_PARAMETER, what, option.name().getParserPosition())
        .withHint(hint);
  }
}

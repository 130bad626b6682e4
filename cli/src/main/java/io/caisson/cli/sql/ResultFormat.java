package io.caisson.cli.sql;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.PrintStream;
import java.util.Locale;

/** The forms in which results are printed. */
enum ResultFormat {
  /** Aligned columns with a count of rows, for people. */
  TABLE,
  /** RFC 4180 with a header. */
  CSV,
  /** One JSON object a line. */
  JSON;

  static ResultFormat parse(String text) {
    for (ResultFormat format : values()) {
      if (format.name().equalsIgnoreCase(text)) {
        return format;
      }
    }
    throw new CaissonException(
            SqlState.INVALID_PARAMETER,
            "there is no format \"" + text.toLowerCase(Locale.ROOT) + "\"")
        .withHint("the formats are table, csv and json");
  }

  ResultPrinter printer(PrintStream out) {
    return switch (this) {
      case TABLE -> new TablePrinter(out);
      case CSV -> new CsvPrinter(out);
      case JSON -> new JsonPrinter(out);
    };
  }
}

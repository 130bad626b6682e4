package io.caisson.cli.load;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.jspecify.annotations.Nullable;

/** The forms of files that can be loaded. */
enum FileFormat {
  /** One JSON object a line. */
  JSON,
  /** Comma-separated values with a header. */
  CSV;

  /** The format that was asked for, or else what the name says. */
  static FileFormat of(@Nullable String asked, String fileName) {
    if (asked == null) {
      return fileName.endsWith(".csv") || fileName.endsWith(".CSV") ? CSV : JSON;
    }
    for (FileFormat format : values()) {
      if (format.name().equalsIgnoreCase(asked)) {
        return format;
      }
    }
    throw new CaissonException(
            SqlState.INVALID_PARAMETER, "there is no file format \"" + asked + "\"")
        .withHint("the formats are json (one object a line) and csv (with a header)");
  }
}

package io.caisson.format;

import java.nio.charset.StandardCharsets;

/**
 * How separated values are written. Immutable.
 *
 * @param delimiter what stands between fields, one byte
 * @param quote what stands around fields in which anything may stand, one byte
 * @param escape what stands before a quote in a quoted field, one byte; may be the quote itself
 * @param nullText what stands for NULL where it is not quoted
 * @param strict whether quotes stand around whole fields only, as RFC 4180 wants it; else, as in
 *     PostgreSQL, also around parts of them
 */
public record CsvDialect(char delimiter, char quote, char escape, String nullText, boolean strict) {
  /** RFC 4180, where an empty field without quotes is NULL. */
  public static final CsvDialect RFC_4180 = new CsvDialect(',', '"', '"', "", true);

  byte[] nullBytes() {
    return nullText.getBytes(StandardCharsets.UTF_8);
  }
}

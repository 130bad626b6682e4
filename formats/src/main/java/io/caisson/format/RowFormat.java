package io.caisson.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/**
 * How rows are written as text. Immutable.
 *
 * @param kind the form
 * @param header whether the first line names the columns; not for JSON
 * @param delimiter what stands between fields; not for JSON
 * @param nullText what stands for NULL; not for JSON
 * @param quote what stands around fields of CSV
 * @param escape what stands before quotes within
 * @param charset how characters are encoded
 */
public record RowFormat(
    Kind kind,
    Header header,
    char delimiter,
    String nullText,
    char quote,
    char escape,
    Charset charset) {
  /** The forms there are. */
  public enum Kind {
    /**
     * PostgreSQL's: a line a row, fields apart by tabulators, special characters by backslashes.
     */
    TEXT,
    /** Separated values, quoted where need be. */
    CSV,
    /** One JSON object a line. */
    JSON
  }

  /** Whether a first line names the columns. */
  public enum Header {
    /** There is none. */
    NONE,
    /** It is written, and passed over where rows are read. */
    SKIP,
    /** It is written, and has to name the columns where rows are read. */
    MATCH
  }

  /** A form with what PostgreSQL takes where nothing is said. */
  public static RowFormat of(Kind kind) {
    return kind == Kind.TEXT
        ? new RowFormat(kind, Header.NONE, '\t', "\\N", '"', '"', StandardCharsets.UTF_8)
        : new RowFormat(kind, Header.NONE, ',', "", '"', '"', StandardCharsets.UTF_8);
  }

  private Fields fields() {
    return kind == Kind.TEXT
        ? new TextFields(delimiter, nullText)
        : new CsvFields(new CsvDialect(delimiter, quote, escape, nullText, false));
  }

  /**
   * What reads rows of separated values.
   *
   * @param zone the time zone of instants that name none
   */
  public FieldRowParser fieldParser(List<RowColumn> columns, ZoneId zone) {
    return new FieldRowParser(fields(), columns, zone);
  }

  /**
   * What reads rows of JSON.
   *
   * @param unknownFields told each name that is no column, once
   * @param zone the time zone of instants that name none
   */
  public RowParser jsonParser(
      List<RowColumn> columns, Consumer<String> unknownFields, ZoneId zone) {
    return new JsonRowParser(columns, unknownFields, zone);
  }

  /** What writes rows, its header included. */
  public RowWriter writer(List<RowColumn> columns) {
    return kind == Kind.JSON ? new JsonRowWriter(columns) : new FieldRowWriter(this, columns);
  }
}

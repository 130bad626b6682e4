package io.caisson.engine.stream;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place between two rows of a stream, and its text: {@code 1.123456789.0.2.17} is behind row 17,
 * counted from 0, of the third append of a transaction that was the first of version 123456789, in
 * incarnation 1. Without a row it is behind all rows of the append. Immutable.
 *
 * @param incarnation which life of the database: versions count only within one
 * @param append the append
 * @param row the last row before the place, or {@link #ALL}
 */
record StreamPosition(long incarnation, LogPosition append, int row) {
  /** Behind all rows of the append. */
  static final int ALL = -1;

  private static final int MOST = 0xFFFF;
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,18})\\.(-1|\\d{1,18})\\.(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,9}))?");

  /** The place of a text. */
  static StreamPosition parse(String text, long incarnation) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw invalid("\"" + text + "\" is no position of a stream");
    }
    int batch = Integer.parseInt(parts.group(3));
    int user = Integer.parseInt(parts.group(4));
    if (batch > MOST || user > MOST) {
      throw invalid("\"" + text + "\" is no position of a stream");
    }
    if (Long.parseLong(parts.group(1)) != incarnation) {
      throw invalid("position \"" + text + "\" is of another life of the database");
    }
    String row = parts.group(5);
    return new StreamPosition(
        incarnation,
        new LogPosition(Long.parseLong(parts.group(2)), batch, user),
        row == null ? ALL : Integer.parseInt(row));
  }

  private static CaissonException invalid(String message) {
    return new CaissonException(SqlState.INVALID_PARAMETER, message)
        .withHint("Positions come from readers of this database; they are not made up.");
  }

  /** Behind what the rows come that are to be read, the append's own among them if it has more. */
  LogPosition after() {
    if (row == ALL) {
      return append;
    }
    if (append.user() > 0) {
      return new LogPosition(append.version(), append.batch(), append.user() - 1);
    }
    return append.batch() > 0
        ? new LogPosition(append.version(), append.batch() - 1, MOST)
        : LogPosition.endOf(append.version() - 1);
  }

  @Override
  public String toString() {
    String text = incarnation + "." + append.version() + "." + append.batch() + "." + append.user();
    return row == ALL ? text : text + "." + row;
  }
}

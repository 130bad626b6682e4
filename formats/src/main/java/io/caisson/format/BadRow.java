package io.caisson.format;

import io.caisson.error.SqlState;

/**
 * A line that is no row, with the reason in words. Thrown once a bad line, perhaps millions of
 * times, so it takes no stack trace.
 */
public final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final SqlState state;

  /** A line that is malformed. */
  public BadRow(String reason) {
    this(SqlState.BAD_INPUT_FILE, reason);
  }

  /** A line that is wrong in a way that has a number of its own. */
  public BadRow(SqlState state, String reason) {
    super(reason, null, false, false);
    this.state = state;
  }

  /** Which error it is where the line ends a statement. */
  public SqlState state() {
    return state;
  }

  /** Why the line is no row. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

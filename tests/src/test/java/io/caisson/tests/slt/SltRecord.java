package io.caisson.tests.slt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One step of a file. Immutable. */
sealed interface SltRecord {
  /** The line of the file at which it begins, from 1. */
  int line();

  /**
   * A statement that succeeds.
   *
   * @param line where it begins
   * @param sql its text
   * @param tag what it must answer as its command, if that matters
   */
  record Statement(int line, String sql, Optional<String> tag) implements SltRecord {}

  /**
   * A statement that fails.
   *
   * @param line where it begins
   * @param sql its text
   * @param state the SQLSTATE
   * @param place {@code line:column} in the statement, where that matters
   * @param message what the message and the hint, on the next line, must contain
   */
  record Failure(
      int line, String sql, String state, Optional<String> place, Optional<Pattern> message)
      implements SltRecord {}

  /**
   * A query and its rows.
   *
   * @param line where it begins
   * @param sql its text
   * @param types a letter for each column: I integer, R real, T text, B boolean, D date, C time, S
   *     timestamp, Y bytes, V what has no letter of its own, A array
   * @param sorted whether the rows are compared in sorted order
   * @param names the columns' names, where they matter
   * @param rows the expected rows
   */
  record Query(
      int line,
      String sql,
      String types,
      boolean sorted,
      Optional<List<String>> names,
      List<String> rows)
      implements SltRecord {}

  /**
   * COPY between a stream and the database.
   *
   * @param line where it begins
   * @param sql its text
   * @param rows the lines that go in, or must come out
   * @param tag what it must answer as its command, if that matters
   */
  record Copy(int line, String sql, String rows, Optional<String> tag) implements SltRecord {}

  /**
   * COPY FROM STDIN that fails.
   *
   * @param failure the statement and its error
   * @param rows the lines that go in
   */
  record BadCopy(Failure failure, String rows) implements SltRecord {
    @Override
    public int line() {
      return failure.line();
    }
  }

  /**
   * Another session from here on.
   *
   * @param line where it stands
   * @param name its name; a new name is a new session
   */
  record Connection(int line, String name) implements SltRecord {}

  /**
   * The store is closed and opened again.
   *
   * @param line where it stands
   */
  record Restart(int line) implements SltRecord {}
}

package io.caisson;

import io.caisson.error.CaissonException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in SQL, with settings of its own. For one thread at a time; {@link #cancel()} may
 * be called from any.
 */
public interface Session extends AutoCloseable {
  /**
   * Runs one statement. Between BEGIN and COMMIT it belongs to the session's transaction, and rows
   * of a query are in memory when this returns; otherwise it is a transaction of its own.
   *
   * @param sql the statement
   * @param parameters a value for each {@code ?} of it, or for {@code $1}, {@code $2} and so on
   * @throws CaissonException whatever is wrong with the statement or its execution
   */
  Result execute(String sql, @Nullable Object... parameters);

  /**
   * Prepares one statement to be run often.
   *
   * @param sql the statement, with {@code ?} or {@code $1}, {@code $2} and so on for values
   * @throws CaissonException 42601 where its grammar is wrong; names are looked up when it runs
   */
  PreparedStatement prepare(String sql);

  /**
   * Splits a text into its statements without running them; each keeps its place in the text, so
   * that errors name the place in the whole.
   *
   * @throws CaissonException 42601 at the first syntax error
   */
  List<Statement> parse(String text);

  /** Runs a statement of {@link #parse(String)}. */
  Result execute(Statement statement);

  /**
   * Runs one {@code COPY … FROM STDIN}.
   *
   * @param sql the statement
   * @param rows the rows as the statement's options say, read up to their end, or to a line {@code
   *     \\.}; not closed
   * @return the tag {@code COPY n}
   * @throws CaissonException 22P04 where a line is no row, or whatever else is wrong
   */
  Result copyIn(String sql, InputStream rows);

  /** Runs a {@code COPY … FROM STDIN} of {@link #parse(String)}. */
  Result copyIn(Statement statement, InputStream rows);

  /**
   * Runs one {@code COPY … TO STDOUT}.
   *
   * @param sql the statement
   * @param rows where the rows are written, as the statement's options say; flushed, not closed
   * @return the tag {@code COPY n}
   * @throws CaissonException whatever is wrong with the statement or its execution
   */
  Result copyOut(String sql, OutputStream rows);

  /** Runs a {@code COPY … TO STDOUT} of {@link #parse(String)}. */
  Result copyOut(Statement statement, OutputStream rows);

  /** Ends the statement that runs now, if any, with 57014. */
  void cancel();

  @Override
  void close();

  /** One statement of a text. */
  interface Statement {
    /** The statement's own text. */
    String text();

    /** Whether it takes rows from a stream or gives them to one. */
    CopyDirection copies();
  }
}

package io.caisson;

import io.caisson.error.CaissonException;
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

  /** Ends the statement that runs now, if any, with 57014. */
  void cancel();

  @Override
  void close();

  /** One statement of a text. */
  interface Statement {
    /** The statement's own text. */
    String text();
  }
}

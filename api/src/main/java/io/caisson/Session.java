package io.caisson;

import io.caisson.error.CaissonException;
import java.util.List;

/**
 * A conversation in SQL, with settings of its own. For one thread at a time; {@link #cancel()} may
 * be called from any.
 */
public interface Session extends AutoCloseable {
  /**
   * Runs one statement.
   *
   * @throws CaissonException whatever is wrong with the statement or its execution
   */
  Result execute(String sql);

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

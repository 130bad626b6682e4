package io.caisson;

import java.util.Iterator;
import java.util.List;

/**
 * What a statement answers: rows, or for a command only its tag. Rows are produced as they are
 * read, once; the result of SUBSCRIBE never ends by itself. For one thread; closing it ends the
 * statement.
 */
public interface Result extends Iterable<Row>, AutoCloseable {
  /** The columns; empty for a command that answers no rows. */
  List<ResultColumn> columns();

  /**
   * What was done, as PostgreSQL tags it: {@code CREATE STREAM}, {@code INSERT 0 3}, {@code
   * SELECT}.
   */
  String command();

  /**
   * The rows that are left. Only the first call may be made, and its iterator waits where rows are
   * still to come.
   */
  @Override
  Iterator<Row> iterator();

  /** All rows that are left, in memory, in order; closes the result. */
  List<Row> toList();

  @Override
  void close();
}

package io.caisson;

import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import java.util.List;

/**
 * Appends rows to a stream in columnar form, exactly once: each append carries a sequence, and one
 * that is not above the producer's last writes nothing. For one thread at a time.
 */
public interface StreamWriter extends AutoCloseable {
  /** The stream's columns, in the order in which appended rows have them. */
  List<ResultColumn> columns();

  /** The sequence of the producer's last append, or -1 before the first. */
  long lastSequence();

  /** The note that the producer's last append carried; empty before the first. */
  String lastNote();

  /**
   * Appends rows; they are durable when the call returns.
   *
   * @param rows the rows
   * @param sequence above {@link #lastSequence()}, else nothing is written
   * @param note a short text kept with the sequence, a position in a file for example
   * @return false when the sequence had been written before
   * @throws CaissonException 23502 for a NULL where none is allowed, 54001 for a row over the limit
   */
  boolean append(Columns rows, long sequence, String note);

  @Override
  void close();
}

package io.caisson;

import io.caisson.error.CaissonException;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A stream of a database, to be read row by row in its order: from the beginning, from a position,
 * or from a time. Thread-safe; each reader is for one thread.
 *
 * <p>A position is a short text that names a place between two rows. It stays good for as long as
 * the rows behind it are kept, whatever happens to the stream meanwhile, and in every process.
 */
public interface EventStream {
  /** The name. */
  String name();

  /** The columns, in the order in which rows have them. */
  List<ResultColumn> columns();

  /** The position behind the last row that was acknowledged by now. */
  String end();

  /** Reads from the first row that is kept. */
  StreamReader read();

  /**
   * Reads what is behind a position.
   *
   * @throws CaissonException 22023 when the text is no position of this database
   */
  StreamReader readAfter(String position);

  /**
   * Reads from the first row that was committed at a time or later.
   *
   * @param committedAt the time, in UTC
   */
  StreamReader readSince(LocalDateTime committedAt);

  /**
   * Reads from the first row with an event time that is not before the given one; behind it every
   * row comes, late ones too.
   *
   * @param eventTime a time as the watermark's column has it
   * @throws CaissonException 42809 when the stream has no watermark
   */
  StreamReader readFrom(LocalDateTime eventTime);
}

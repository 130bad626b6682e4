package io.caisson;

import io.caisson.error.CaissonException;
import java.time.Duration;
import java.util.List;

/**
 * Reads a stream in its order, every row once. It sees rows as soon as they are acknowledged. For
 * one thread at a time.
 */
public interface StreamReader extends AutoCloseable {
  /**
   * The next rows, without waiting for new ones.
   *
   * @param rows how many at most
   * @return the rows, fewer than asked for or none where the stream has no more yet
   * @throws CaissonException 22023 when retention has removed rows that were still to be read: no
   *     row is left out in silence
   */
  List<StreamRow> next(int rows);

  /**
   * The next rows; where there are none, waits until some come.
   *
   * @param rows how many at most
   * @param timeout how long to wait
   * @return the rows, or none when the time was up
   * @throws CaissonException as {@link #next}, or 57014 when the thread was interrupted
   */
  List<StreamRow> await(int rows, Duration timeout);

  /** The position behind the last row that was returned: where to go on after a restart. */
  String position();

  @Override
  void close();
}

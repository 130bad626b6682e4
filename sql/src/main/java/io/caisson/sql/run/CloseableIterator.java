package io.caisson.sql.run;

import java.util.Iterator;

/**
 * An iterator that holds resources until it is closed. For one thread; closing twice does nothing.
 *
 * @param <T> what it gives
 */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
  @Override
  void close();
}

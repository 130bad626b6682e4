package io.caisson;

import io.caisson.error.CaissonException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is followed, batch by batch, in the order of commits and without end. Nothing is read ahead
 * of {@link #next}. For one thread at a time.
 */
public interface Subscription extends AutoCloseable {
  /** The columns of the rows. */
  List<ResultColumn> columns();

  /**
   * The next batch.
   *
   * @param timeout how long to wait for it
   * @return the batch, or null when the time was up
   * @throws CaissonException why there will be no more: 55000 when a subscription has expired,
   *     42P01 when what it follows was dropped, 53000 when it has fallen too far behind, 57014 when
   *     the thread was interrupted
   */
  @Nullable ChangeBatch next(Duration timeout);

  @Override
  void close();
}

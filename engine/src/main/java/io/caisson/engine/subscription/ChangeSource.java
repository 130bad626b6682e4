package io.caisson.engine.subscription;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What something gains and loses, version by version, without end. For one thread; to be closed.
 */
public interface ChangeSource extends AutoCloseable {
  /**
   * The next piece.
   *
   * @param wait how long to wait for one
   * @return the piece, or null where none came
   * @throws io.caisson.error.CaissonException why there will be no more
   */
  @Nullable ChangePiece next(Duration wait);

  @Override
  void close();
}

package io.caisson.engine.subscription;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Changes of which somebody must know when they are followed no longer. For one thread. */
public final class OwnedChanges implements ChangeSource {
  private final ChangeSource changes;
  private final Runnable leave;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Changes.
   *
   * @param leave called once at the end
   */
  public OwnedChanges(ChangeSource changes, Runnable leave) {
    this.changes = changes;
    this.leave = leave;
  }

  @Override
  public @Nullable ChangePiece next(Duration wait) {
    return changes.next(wait);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        changes.close();
      } finally {
        leave.run();
      }
    }
  }
}

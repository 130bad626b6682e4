package io.caisson;

import io.caisson.time.Clock;

/**
 * How a store is opened. Immutable.
 *
 * @param clock the time
 * @param viewMemoryBytes heap that the views of all databases may take together, about: half for
 *     blocks of their state that were read, half for what has changed since the last checkpoints.
 *     State beyond it is in the store. At least 4 MiB
 */
public record CaissonOptions(Clock clock, long viewMemoryBytes) {
  private static final long LEAST_VIEW_MEMORY = 4L << 20;
  private static final long MOST_BY_DEFAULT = 128L << 20;

  /** While changes are merged and written they are there several times. */
  private static final int SHARE_OF_HEAP = 6;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the memory is less than 4 MiB
   */
  public CaissonOptions {
    if (viewMemoryBytes < LEAST_VIEW_MEMORY) {
      throw new IllegalArgumentException(
          "views need at least " + LEAST_VIEW_MEMORY + " bytes of memory, not " + viewMemoryBytes);
    }
  }

  /** The machine's clock; for views 128 MiB, or a sixth of a heap that is less than 768 MiB. */
  public static CaissonOptions defaults() {
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return new CaissonOptions(
        Clock.system(), Math.max(LEAST_VIEW_MEMORY, Math.min(MOST_BY_DEFAULT, share)));
  }

  /** The same with another clock: a test can say what time it is. */
  public CaissonOptions withClock(Clock newClock) {
    return new CaissonOptions(newClock, viewMemoryBytes);
  }

  /** The same with other memory for views. */
  public CaissonOptions withViewMemoryBytes(long bytes) {
    return new CaissonOptions(clock, bytes);
  }
}

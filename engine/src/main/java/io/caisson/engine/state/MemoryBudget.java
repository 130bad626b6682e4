package io.caisson.engine.state;

/**
 * How much of the process's memory the state of views takes: a part of the heap, and no more than
 * is of use. What exceeds it lies in the store. Stateless.
 */
public final class MemoryBudget {
  private static final long MOST_CHANGED = 32L << 20;
  private static final long MOST_CACHED = 64L << 20;
  private static final long LEAST = 1L << 20;

  /** While changes are merged and written they are there several times. */
  private static final int SHARE_OF_CHANGED = 24;

  private static final int SHARE_OF_CACHED = 12;

  private MemoryBudget() {}

  /** From how many bytes of changed rows on a checkpoint writes them, of all views together. */
  public static long changedBytes() {
    return share(SHARE_OF_CHANGED, MOST_CHANGED);
  }

  /** How many bytes of stored rows are kept at hand. */
  static long cachedBytes() {
    return share(SHARE_OF_CACHED, MOST_CACHED);
  }

  private static long share(int parts, long most) {
    return Math.max(LEAST, Math.min(most, Runtime.getRuntime().maxMemory() / parts));
  }
}

package io.caisson.examples.nexmark;

/**
 * Which events a {@link NexmarkGenerator} makes. Immutable.
 *
 * @param seed other events for another seed
 * @param firstMicros when the first event happens, in microseconds since 1970-01-01 00:00:00
 * @param eventsPerSecond how many events happen in a second of their own time
 * @param disorder of how many events each group comes in disorder; 1 for none
 */
public record NexmarkOptions(long seed, long firstMicros, int eventsPerSecond, int disorder) {
  /** 2026-03-14 10:00:00. */
  private static final long FIRST_MICROS = 1_773_482_400_000_000L;

  private static final int EVENTS_PER_SECOND = 10_000;

  /** Checks the values. */
  public NexmarkOptions {
    if (eventsPerSecond < 1 || disorder < 1) {
      throw new IllegalArgumentException("eventsPerSecond and disorder are at least 1");
    }
    if (disorder % NexmarkGenerator.STRIDE == 0) {
      throw new IllegalArgumentException(
          "disorder is no multiple of " + NexmarkGenerator.STRIDE + ": events would repeat");
    }
  }

  /** The published rate, 10,000 events a second, in order. */
  public static NexmarkOptions of(long seed) {
    return new NexmarkOptions(seed, FIRST_MICROS, EVENTS_PER_SECOND, 1);
  }

  /** The same at another rate. */
  public NexmarkOptions withEventsPerSecond(int value) {
    return new NexmarkOptions(seed, firstMicros, value, disorder);
  }

  /** The same with events in disorder. */
  public NexmarkOptions withDisorder(int value) {
    return new NexmarkOptions(seed, firstMicros, eventsPerSecond, value);
  }
}

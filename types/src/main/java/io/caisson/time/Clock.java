package io.caisson.time;

/**
 * Where the time comes from, so that tests can say what time it is. Implementations are
 * thread-safe.
 */
public interface Clock {
  /** Microseconds since 1970-01-01 00:00:00 UTC by the machine's clock. */
  long wallMicros();

  /** Nanoseconds that only ever grow, for measuring durations. */
  long monotonicNanos();

  /** The machine's clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}

package io.caisson.testkit;

import io.caisson.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands still until it is set. Durations are still measured by the machine's clock,
 * so that nothing waits for ever. Thread-safe.
 */
public final class ManualClock implements Clock {
  private volatile long wallMicros;

  /** A clock that shows a time. */
  public ManualClock(Instant time) {
    set(time);
  }

  /** What time it is from now on. */
  public void set(Instant time) {
    wallMicros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** What time it is. */
  public Instant instant() {
    return Instant.EPOCH.plus(wallMicros, ChronoUnit.MICROS);
  }

  @Override
  public long wallMicros() {
    return wallMicros;
  }

  @Override
  public long monotonicNanos() {
    return Clock.system().monotonicNanos();
  }
}

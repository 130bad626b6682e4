package io.caisson.engine;

import io.caisson.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. Thread-safe. */
final class ClockByHand implements Clock {
  private final AtomicLong micros;

  ClockByHand(long micros) {
    this.micros = new AtomicLong(micros);
  }

  /** Lets time pass. */
  void pass(long seconds) {
    micros.addAndGet(TimeUnit.SECONDS.toMicros(seconds));
  }

  @Override
  public long wallMicros() {
    return micros.get();
  }

  @Override
  public long monotonicNanos() {
    return Clock.system().monotonicNanos();
  }
}

package io.caisson.model.record;

import io.caisson.time.Clock;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Gives out record ids that grow, even where the clock stands still or goes back. Ids of two
 * processes differ by chance: 62 bits of it. Thread-safe.
 */
public final class RecordIds {
  private static final int FRACTIONS = 4096;
  private static final int MICROS_PER_MILLI = 1000;
  private static final long VERSION = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
  private long last;

  /** Ids by a clock. */
  public RecordIds(Clock clock) {
    this.clock = clock;
  }

  /** The next id, larger than all before it. */
  public synchronized RecordId next() {
    long micros = clock.wallMicros();
    long millis = Math.floorDiv(micros, MICROS_PER_MILLI);
    long fraction = (long) Math.floorMod(micros, MICROS_PER_MILLI) * FRACTIONS / MICROS_PER_MILLI;
    last = Math.max(last + 1, millis * FRACTIONS + fraction);
    long high = (last / FRACTIONS) << 16 | VERSION | (last % FRACTIONS);
    return new RecordId(high, VARIANT | random.nextLong() >>> 2);
  }
}

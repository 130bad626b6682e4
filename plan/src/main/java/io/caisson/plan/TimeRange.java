package io.caisson.plan;

/**
 * Times from one to another, both included, as distances from a row's own. Immutable.
 *
 * @param fromMicros the least, negative for earlier times
 * @param toMicros the greatest, not less
 */
public record TimeRange(long fromMicros, long toMicros) {
  /** Checks the order. */
  public TimeRange {
    if (fromMicros > toMicros) {
      throw new IllegalArgumentException("from " + fromMicros + " to " + toMicros);
    }
  }

  /** Which times meet those of this range. */
  public TimeRange reversed() {
    return new TimeRange(-toMicros, -fromMicros);
  }
}

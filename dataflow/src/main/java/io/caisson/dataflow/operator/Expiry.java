package io.caisson.dataflow.operator;

import io.caisson.dataflow.watermark.WatermarkTracker;
import java.util.List;

/**
 * When rows can be forgotten: no row of the relation changes any more once the watermarks of some
 * inputs have passed the time in one of its columns. Immutable.
 *
 * @param column position of the column of microseconds
 * @param bounds the inputs, at least one
 */
public record Expiry(int column, List<Bound> bounds) {
  private static final int NO_CLOCK = -1;

  /**
   * An input of the circuit.
   *
   * @param input its number
   * @param delayMicros by how much its watermark must have passed the time, not negative
   * @param clock the number of an input whose watermark may have done so instead, or -1 for none
   * @param lagMicros by how much that must have passed the time, not negative
   */
  public record Bound(int input, long delayMicros, int clock, long lagMicros) {
    /** An input for which no other one stands in. */
    public Bound(int input, long delayMicros) {
      this(input, delayMicros, NO_CLOCK, 0);
    }

    /** The same with another input that stands in for it. */
    public Bound orBy(int newClock, long newLagMicros) {
      return new Bound(input, delayMicros, newClock, newLagMicros);
    }

    private long through(long[] watermarks) {
      long own = less(watermarks[input], delayMicros);
      return clock == NO_CLOCK ? own : Math.max(own, less(watermarks[clock], lagMicros));
    }

    private static long less(long watermark, long micros) {
      long reached = watermark - micros;
      return reached > watermark ? WatermarkTracker.NONE : reached;
    }
  }

  /** Copies the list. */
  public Expiry {
    bounds = List.copyOf(bounds);
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("no bounds");
    }
  }

  /** Whether a clock may say that rows stand, which then may change all the same. */
  boolean byClock() {
    return bounds.stream().anyMatch(bound -> bound.clock != NO_CLOCK);
  }

  /** The same of another column. */
  public Expiry at(int newColumn) {
    return new Expiry(newColumn, bounds);
  }

  /**
   * Up to which time rows stand.
   *
   * @param watermarks of all inputs of the circuit
   * @return the greatest such time, or {@link WatermarkTracker#NONE}
   */
  long through(long[] watermarks) {
    long through = Long.MAX_VALUE;
    for (Bound bound : bounds) {
      through = Math.min(through, bound.through(watermarks));
    }
    return through;
  }
}

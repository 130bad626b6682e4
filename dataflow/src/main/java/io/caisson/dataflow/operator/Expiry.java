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
  /**
   * An input of the circuit.
   *
   * @param input its number
   * @param delayMicros by how much its watermark must have passed the time, not negative
   */
  public record Bound(int input, long delayMicros) {}

  /** Copies the list. */
  public Expiry {
    bounds = List.copyOf(bounds);
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("no bounds");
    }
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
      long watermark = watermarks[bound.input()];
      long reached = watermark - bound.delayMicros();
      through = Math.min(through, reached > watermark ? WatermarkTracker.NONE : reached);
    }
    return through;
  }
}

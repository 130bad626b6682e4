package io.caisson.catalog;

/**
 * How far behind the newest event time a stream's watermark stays.
 *
 * @param column position of the TIMESTAMP column that carries event time
 * @param delayMicros how much later than newer rows a row may come, in microseconds, not negative
 */
public record WatermarkDefinition(int column, long delayMicros) {
  /** Checks the ranges. */
  public WatermarkDefinition {
    if (column < 0 || delayMicros < 0) {
      throw new IllegalArgumentException("column " + column + ", delay " + delayMicros);
    }
  }
}

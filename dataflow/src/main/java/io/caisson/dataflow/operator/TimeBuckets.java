package io.caisson.dataflow.operator;

import io.caisson.dataflow.watermark.WatermarkTracker;

/**
 * Time cut into pieces, so that the rows that are near a time are found by a few equal keys, and
 * those of old times lie at the front of the state. A left row's partners are at most {@code to}
 * and at least {@code from} behind its time:
 *
 * <pre>
 *   left     │   0   │   1   │   2   │ …          bucket 1 of the left meets
 *   right    │   0   │   1   │   2   │ …          some buckets of the right
 *                ╰─from──┴───to────╯
 * </pre>
 *
 * Immutable.
 *
 * @param width how long a bucket is, in microseconds
 * @param from the least distance of a right row from a left one
 * @param to the greatest
 */
record TimeBuckets(long width, long from, long to) {
  private static final long SHORTEST = 1_000_000;

  /** Buckets as long as the distance, so that two or three of them are looked into. */
  static TimeBuckets of(long from, long to) {
    return new TimeBuckets(Math.max(SHORTEST, to - from), from, to);
  }

  /** The bucket of a time. */
  long of(long time) {
    return Math.floorDiv(time, width);
  }

  /** The first bucket of the right side that a bucket of the left meets. */
  long firstRight(long left) {
    return of(left * width + from);
  }

  /** The last bucket of the right side that a bucket of the left meets. */
  long lastRight(long left) {
    return of(left * width + width - 1 + to);
  }

  /** The same from the right side's point of view. */
  TimeBuckets reversed() {
    return new TimeBuckets(width, -to, -from);
  }

  /** The last bucket whose times are all up to a time; {@link WatermarkTracker#NONE} for none. */
  long complete(long through) {
    return through == WatermarkTracker.NONE ? through : Math.floorDiv(through, width) - 1;
  }
}

package io.caisson.dataflow.watermark;

import io.caisson.column.LongColumn;
import java.util.Arrays;

/**
 * Follows the watermark of a stream row by row. A shard's watermark is the greatest event time it
 * has seen less the stream's delay; the stream's is the least over the shards that have had a row.
 * It depends only on the rows before, in the stream's total order, and never goes back. For one
 * thread.
 *
 * <pre>
 *   shard 0:  10:00  10:07           10:05              delay 2 min
 *   shard 1:                 10:03           10:09
 *   before:     –    09:58   10:05   10:01   10:01      (a new shard may hold the stream back: it keeps what it had)
 *   kept:       –    09:58   10:05   10:05   10:05
 * </pre>
 */
public final class WatermarkTracker {
  /** The watermark before any row with an event time. */
  public static final long NONE = Long.MIN_VALUE;

  private final long delayMicros;
  private final long[] maxima;
  private long watermark;

  /**
   * A tracker that has seen nothing.
   *
   * @param shards how many shards the stream has
   * @param delayMicros how far the watermark stays behind
   */
  public WatermarkTracker(int shards, long delayMicros) {
    this.delayMicros = delayMicros;
    maxima = new long[shards];
    Arrays.fill(maxima, NONE);
    watermark = NONE;
  }

  /**
   * Takes in the next rows, all of one shard.
   *
   * @param shard the shard
   * @param times their event times
   * @return for each row the watermark before it
   */
  public long[] advance(int shard, LongColumn times) {
    long others = Long.MAX_VALUE;
    for (int i = 0; i < maxima.length; i++) {
      if (i != shard && maxima[i] != NONE) {
        others = Math.min(others, maxima[i]);
      }
    }
    long own = maxima[shard];
    long reached = watermark;
    long[] before = new long[times.size()];
    for (int row = 0; row < before.length; row++) {
      before[row] = reached;
      if (!times.isNull(row) && times.value(row) > own) {
        own = times.value(row);
        reached = Math.max(reached, less(Math.min(own, others)));
      }
    }
    maxima[shard] = own;
    watermark = reached;
    return before;
  }

  private long less(long time) {
    long result = time - delayMicros;
    return result > time ? NONE : result;
  }

  /** The watermark after all rows so far, or {@link #NONE}. */
  public long watermark() {
    return watermark;
  }

  /** All that the tracker knows, for {@link #restore}. */
  public long[] state() {
    long[] state = Arrays.copyOf(maxima, maxima.length + 1);
    state[maxima.length] = watermark;
    return state;
  }

  /** Takes up where the tracker that gave the state was. */
  public void restore(long[] state) {
    if (state.length != maxima.length + 1) {
      throw new IllegalArgumentException(
          "state of " + (state.length - 1) + " shards, not " + maxima.length);
    }
    System.arraycopy(state, 0, maxima, 0, maxima.length);
    watermark = state[maxima.length];
  }
}

package io.caisson.dataflow.watermark;

import io.caisson.column.LongColumn;
import java.util.Arrays;

/**
 * Follows the watermark of a stream row by row. A shard's watermark is the greatest event time it
 * has seen less the stream's delay; the stream's is the least over the shards that have had a row,
 * but for those that have been idle for too long when another one has one. It depends only on the
 * rows before and on when they came, as it was recorded, and never goes back. For one thread.
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

  /** For a stream whose shards are never idle. */
  public static final long NEVER = Long.MAX_VALUE;

  private final long delayMicros;
  private final long idleMicros;
  private final long[] maxima;

  /** For each shard when it had its last row; none where shards are never idle. */
  private final long[] seen;

  private long watermark;

  /**
   * A tracker that has seen nothing.
   *
   * @param shards how many shards the stream has
   * @param delayMicros how far the watermark stays behind
   * @param idleMicros after what time without rows a shard is idle; {@link #NEVER} for never
   */
  public WatermarkTracker(int shards, long delayMicros, long idleMicros) {
    this.delayMicros = delayMicros;
    this.idleMicros = idleMicros;
    maxima = new long[shards];
    seen = new long[idleMicros == NEVER ? 0 : shards];
    Arrays.fill(maxima, NONE);
    Arrays.fill(seen, NONE);
    watermark = NONE;
  }

  /** A tracker of a stream whose shards are never idle. */
  public WatermarkTracker(int shards, long delayMicros) {
    this(shards, delayMicros, NEVER);
  }

  /** Whether it matters when rows came. */
  public boolean knowsIdleness() {
    return idleMicros != NEVER;
  }

  /**
   * Takes in the next rows, all of one shard.
   *
   * @param shard the shard
   * @param times their event times
   * @return for each row the watermark before it
   */
  public long[] advance(int shard, LongColumn times) {
    long[] before = new long[times.size()];
    advance(shard, times, 0, before.length, NONE, before);
    return before;
  }

  /**
   * Takes in the next rows, all of one shard, that came together.
   *
   * @param shard the shard
   * @param times event times, those of the rows among them
   * @param from where the rows begin
   * @param to where they end
   * @param at when they came, in microseconds
   * @param before filled with the watermark before each row
   */
  public void advance(int shard, LongColumn times, int from, int to, long at, long[] before) {
    long others = others(shard, at);
    long own = maxima[shard];
    long reached = watermark;
    for (int row = from; row < to; row++) {
      before[row] = reached;
      if (!times.isNull(row) && times.value(row) > own) {
        own = times.value(row);
        reached = Math.max(reached, less(Math.min(own, others)));
      }
    }
    maxima[shard] = own;
    watermark = reached;
    if (seen.length > 0) {
      seen[shard] = Math.max(seen[shard], at);
    }
  }

  /** The least of what the other shards have seen that are not idle. */
  private long others(int shard, long at) {
    long others = Long.MAX_VALUE;
    for (int i = 0; i < maxima.length; i++) {
      boolean idle = seen.length > 0 && at - seen[i] > idleMicros;
      if (i != shard && maxima[i] != NONE && !idle) {
        others = Math.min(others, maxima[i]);
      }
    }
    return others;
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
    long[] state = Arrays.copyOf(maxima, maxima.length + 1 + seen.length);
    state[maxima.length] = watermark;
    System.arraycopy(seen, 0, state, maxima.length + 1, seen.length);
    return state;
  }

  /** Takes up where the tracker that gave the state was. */
  public void restore(long[] state) {
    if (state.length != maxima.length + 1 + seen.length) {
      throw new IllegalArgumentException(
          "a state of " + state.length + " numbers for " + maxima.length + " shards");
    }
    System.arraycopy(state, 0, maxima, 0, maxima.length);
    watermark = state[maxima.length];
    System.arraycopy(state, maxima.length + 1, seen, 0, seen.length);
  }
}

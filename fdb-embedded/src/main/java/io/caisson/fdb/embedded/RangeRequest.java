package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.StreamingMode;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.Rows;
import java.util.Arrays;

/**
 * One request of a range read, as the native client makes it: bounds that need not be resolved yet,
 * and how much to answer.
 *
 * @param begin from where; "or equal" is already part of its key
 * @param end up to where
 * @param rows how many rows at most; {@link #UNLIMITED} or more than 0
 * @param bytes after how many bytes of rows to stop; {@link #UNLIMITED} or more than 0
 * @param reverse whether to begin at the end
 */
record RangeRequest(Bound begin, Bound end, int rows, int bytes, boolean reverse) {
  static final int UNLIMITED = -1;

  /** What the modes EXACT, SMALL, MEDIUM, LARGE and SERIAL answer at once. */
  private static final int[] MODE_BYTES = {UNLIMITED, 256, 1_000, 4_096, 80_000};

  /** What the mode ITERATOR answers first, second, … */
  private static final int[] ITERATION_BYTES = {
    4_096, 6_144, 9_216, 13_824, 20_736, 31_104, 46_656, 69_984, 80_000, 120_000
  };

  /**
   * A key selector without "or equal": so many keys up or down from where a key stands.
   *
   * @param key where to begin
   * @param offset 1 is the first key at or above it, 0 the last below it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
  record Bound(byte[] key, int offset) {
    static Bound of(KeySelector selector) {
      byte[] key = KeyLimits.cut(selector.getKey());
      return new Bound(selector.orEqual() ? KeyRanges.after(key) : key, selector.getOffset());
    }
  }

  /**
   * An answer.
   *
   * @param rows what was found, in scan order
   * @param more whether a limit was reached before the end
   */
  record Answer(Rows rows, boolean more) {
    static final Answer NOTHING = new Answer(new Rows(0), false);
  }

  /**
   * Makes the request that the native client makes.
   *
   * @param limit rows at most, 0 for all
   * @param iteration the how-manieth request of an iteration this is, from 1
   */
  static RangeRequest of(
      KeySelector begin,
      KeySelector end,
      int limit,
      StreamingMode mode,
      int iteration,
      boolean reverse) {
    int rows = limit == 0 ? UNLIMITED : limit;
    if (rows == UNLIMITED && mode == StreamingMode.EXACT) {
      throw ErrorCode.EXACT_MODE_WITHOUT_LIMITS.exception();
    }
    if (rows < UNLIMITED) {
      throw ErrorCode.RANGE_LIMITS_INVALID.exception();
    }
    int bytes =
        switch (mode) {
          case ITERATOR -> ITERATION_BYTES[Math.min(iteration, ITERATION_BYTES.length) - 1];
          case EXACT -> MODE_BYTES[0];
          case SMALL -> MODE_BYTES[1];
          case MEDIUM -> MODE_BYTES[2];
          case LARGE -> MODE_BYTES[3];
          case SERIAL, WANT_ALL -> MODE_BYTES[4];
        };
    return new RangeRequest(Bound.of(begin), Bound.of(end), rows, bytes, reverse);
  }

  /** Whether the bounds cannot have anything between them, whatever the store holds. */
  boolean isInverted() {
    return begin.offset >= end.offset && Arrays.compareUnsigned(begin.key, end.key) >= 0;
  }

  int maximumRows() {
    return rows == UNLIMITED ? Integer.MAX_VALUE : rows;
  }

  long maximumBytes() {
    return bytes == UNLIMITED ? Long.MAX_VALUE : bytes;
  }
}

package io.caisson.fdb.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The options of a transaction, by FoundationDB's numbers. Options that mean something here are
 * kept, those that only mean something to a cluster are accepted, and unknown ones are refused.
 * Guarded by its transaction.
 */
final class TransactionSettings {
  private static final int MAXIMUM_SIZE = 10_000_000;
  private static final int MINIMUM_SIZE = 32;

  long timeoutMillis;
  long retryLimit = -1;
  long maximumDelayMillis = 1_000;
  long sizeLimit = MAXIMUM_SIZE;
  boolean readYourWrites = true;
  int snapshotReadYourWrites = 1;
  boolean readSystemKeys;
  boolean writeSystemKeys;
  boolean bypassUnreadable;
  boolean nextWriteWithoutConflict;

  TransactionSettings copy() {
    TransactionSettings copy = new TransactionSettings();
    copy.timeoutMillis = timeoutMillis;
    copy.retryLimit = retryLimit;
    copy.maximumDelayMillis = maximumDelayMillis;
    copy.sizeLimit = sizeLimit;
    copy.snapshotReadYourWrites = snapshotReadYourWrites;
    copy.bypassUnreadable = bypassUnreadable;
    return copy;
  }

  /** Forgets what FoundationDB forgets when a transaction is tried again. */
  void reset() {
    nextWriteWithoutConflict = false;
  }

  void set(int code, byte @Nullable [] parameter) {
    switch (code) {
      case 30 -> nextWriteWithoutConflict = true;
      case 51 -> readYourWrites = false;
      case 301 -> {
        readSystemKeys = true;
        writeSystemKeys = true;
      }
      case 302 -> readSystemKeys = true;
      case 500 -> timeoutMillis = number(parameter, 0, Integer.MAX_VALUE);
      case 501 -> retryLimit = number(parameter, -1, Integer.MAX_VALUE);
      case 502 -> maximumDelayMillis = number(parameter, 0, Integer.MAX_VALUE);
      case 503 -> sizeLimit = number(parameter, MINIMUM_SIZE, MAXIMUM_SIZE);
      case 600 -> snapshotReadYourWrites++;
      case 601 -> snapshotReadYourWrites--;
      case 1100 -> bypassUnreadable = true;
      default -> {
        if (!isForClusters(code)) {
          throw ErrorCode.INVALID_OPTION.exception();
        }
      }
    }
  }

  /**
   * Options that a single process has nothing to do for: priorities, causality, locality, logging,
   * tags, locks.
   */
  private static boolean isForClusters(int code) {
    return switch (code) {
      case 10, 20, 21, 23, 52, 110, 120, 130 -> true;
      case 200, 201, 300, 303, 304, 401, 402, 403, 404, 405, 406 -> true;
      case 505, 507, 508, 509, 510, 511, 700, 701, 702, 711, 712, 713, 714 -> true;
      case 800, 801, 900, 1000, 1101, 2000 -> true;
      default -> false;
    };
  }

  static long number(byte @Nullable [] parameter, long lowest, long highest) {
    if (parameter == null || parameter.length != Long.BYTES) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    long value = ByteBuffer.wrap(parameter).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (value < lowest || value > highest) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    return value;
  }
}

package io.caisson.fdb.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a transaction, by FoundationDB's numbers, from one reset to the next. Options that
 * mean something here are kept, those that only mean something to a cluster are checked and
 * accepted, and unknown ones are refused. Guarded by its transaction.
 */
final class TransactionSettings {
  static final int READ_YOUR_WRITES_DISABLE = 51;
  static final int TIMEOUT = 500;

  private static final int MAXIMUM_SIZE = 10_000_000;
  private static final int MINIMUM_SIZE = 32;
  private static final int MAXIMUM_TAGS = 5;
  private static final int MAXIMUM_TAG_BYTES = 255;
  private static final int SPAN_BYTES = 33;

  long timeoutMillis;
  long retryLimit = -1;
  long maximumDelayMillis = 1_000;
  long sizeLimit = MAXIMUM_SIZE;
  boolean readYourWrites = true;
  int snapshotReadYourWrites = 1;
  boolean readSystemKeys;
  boolean writeSystemKeys;
  boolean rawAccess;
  boolean readOnly;
  boolean bypassUnreadable;
  boolean nextWriteWithoutConflict;
  boolean reportConflictingKeys;
  boolean specialKeysRelaxed;
  boolean specialKeysWritable;
  boolean idempotent;
  private boolean lockAware;
  private @Nullable String identifier;
  private final Set<String> tags = new HashSet<>();

  /** Whether FoundationDB 7.3 has a transaction option of this number. */
  static boolean isKnown(int code) {
    return switch (code) {
      case 10, 20, 21, 23, 30, 40, 50, 51, 52, 110, 120, 130, 200, 201 -> true;
      case 300, 301, 302, 303, 304, 400, 401, 402, 403, 404, 405, 406 -> true;
      case 500, 501, 502, 503, 504, 505, 507, 508, 509, 510, 511, 600, 601 -> true;
      case 700, 701, 702, 710, 711, 712, 713, 714 -> true;
      case 800, 801, 900, 1000, 1100, 1101, 1102, 2000 -> true;
      default -> false;
    };
  }

  /** Whether an option outlives {@code onError}. */
  static boolean isPersistent(int code) {
    return switch (code) {
      case TIMEOUT, 501, 502, 2000 -> true;
      default -> false;
    };
  }

  /** Sets a known option. */
  void set(int code, byte @Nullable [] parameter) {
    if (isSwitch(code) && parameter != null && parameter.length > 0) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    switch (code) {
      case 30 -> nextWriteWithoutConflict = true;
      case READ_YOUR_WRITES_DISABLE -> readYourWrites = false;
      case 301 -> {
        readSystemKeys = true;
        writeSystemKeys = true;
        rawAccess = true;
      }
      case 302 -> {
        readSystemKeys = true;
        rawAccess = true;
      }
      case 303 -> rawAccess = true;
      case TIMEOUT -> timeoutMillis = number(parameter, 0, Integer.MAX_VALUE);
      case 501 -> retryLimit = number(parameter, -1, Integer.MAX_VALUE);
      case 502 -> maximumDelayMillis = number(parameter, 0, Integer.MAX_VALUE);
      case 503 -> sizeLimit = number(parameter, MINIMUM_SIZE, MAXIMUM_SIZE);
      case 504, 505 -> setIdempotent(code, parameter);
      case 600 -> snapshotReadYourWrites++;
      case 601 -> snapshotReadYourWrites--;
      case 700, 702 -> setLockAware(code == 702);
      case 712 -> reportConflictingKeys = true;
      case 713 -> specialKeysRelaxed = true;
      case 714 -> specialKeysWritable = true;
      case 1100 -> bypassUnreadable = true;
      default -> checkForClusters(code, parameter);
    }
  }

  /** Options without a value. */
  private static boolean isSwitch(int code) {
    return switch (code) {
      case 10, 20, 23, 30, 40, 50, 51, 52, 200, 201, 300, 301, 302, 303, 400, 404, 406 -> true;
      case 505, 600, 601, 700, 701, 702, 710, 711, 712, 713, 714, 1000, 1100, 1101, 1102 -> true;
      default -> false;
    };
  }

  private void setIdempotent(int code, byte @Nullable [] parameter) {
    if (code == 504) {
      int length = present(parameter).length;
      if (length < 16 || length > 255) {
        throw ErrorCode.INVALID_OPTION.exception();
      }
    }
    idempotent = true;
  }

  private void setLockAware(boolean forReading) {
    readOnly = forReading && (readOnly || !lockAware);
    lockAware = true;
  }

  /**
   * Options that a single process has nothing to do for: priorities, causality, locality, logging,
   * tags. What the native client refuses about them is refused.
   */
  private void checkForClusters(int code, byte @Nullable [] parameter) {
    switch (code) {
      case 402, 403 -> setIdentifier(present(parameter));
      case 404 -> {
        if (identifier == null) {
          throw ErrorCode.CLIENT_INVALID_OPERATION.exception();
        }
      }
      case 405 -> {
        if (number(parameter, -1, Integer.MAX_VALUE) == 0) {
          throw ErrorCode.INVALID_OPTION_VALUE.exception();
        }
      }
      case 800, 801 -> addTag(present(parameter));
      case 900 -> {
        if (present(parameter).length != SPAN_BYTES) {
          throw ErrorCode.INVALID_OPTION_VALUE.exception();
        }
      }
      default -> {
        if (!isKnown(code)) {
          throw ErrorCode.INVALID_OPTION.exception();
        }
      }
    }
  }

  private void setIdentifier(byte[] parameter) {
    if (parameter.length == 0 || parameter.length > 100) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    String name = new String(parameter, StandardCharsets.ISO_8859_1);
    if (identifier != null && !identifier.equals(name)) {
      throw ErrorCode.CLIENT_INVALID_OPERATION.exception();
    }
    identifier = name;
  }

  private void addTag(byte[] parameter) {
    if (parameter.length > MAXIMUM_TAG_BYTES) {
      throw ErrorCode.TAG_TOO_LONG.exception();
    }
    if (tags.size() >= MAXIMUM_TAGS) {
      throw ErrorCode.TOO_MANY_TAGS.exception();
    }
    tags.add(new String(parameter, StandardCharsets.ISO_8859_1));
  }

  private static byte[] present(byte @Nullable [] parameter) {
    if (parameter == null) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    return parameter;
  }

  static long number(byte @Nullable [] parameter, long lowest, long highest) {
    byte[] bytes = present(parameter);
    if (bytes.length != Long.BYTES) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    long value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (value < lowest || value > highest) {
      throw ErrorCode.INVALID_OPTION_VALUE.exception();
    }
    return value;
  }
}

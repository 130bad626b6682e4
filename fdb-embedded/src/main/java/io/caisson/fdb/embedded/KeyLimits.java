package io.caisson.fdb.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** FoundationDB's limits of keys and values, and which keys belong to whom. Stateless. */
final class KeyLimits {
  static final byte[] FIRST = {};
  static final byte[] USER_END = {(byte) 0xff};
  static final byte[] SYSTEM_END = {(byte) 0xff, (byte) 0xff};

  /**
   * Layers keep a stamp under this key that changes with their metadata; every transaction may read
   * it.
   */
  private static final byte[] METADATA_VERSION =
      "\u00ff/metadataVersion".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] METADATA_VERSION_VALUE = new byte[14];

  private static final int KEY = 10_000;

  /** What raw access adds to a key's length: room for the prefix of a tenant. */
  private static final int RAW_PREFIX = 8;

  private static final int SYSTEM_KEY = 30_000;
  private static final int VALUE = 100_000;

  private KeyLimits() {}

  /** Whether there cannot be such a key, so that reading or clearing it needs no look. */
  static boolean isTooLong(byte[] key) {
    return key.length > (isSystem(key) ? SYSTEM_KEY : KEY + RAW_PREFIX);
  }

  /** The key, cut where it is longer than any key can be; it sorts the same among those. */
  static byte[] cut(byte[] key) {
    return isTooLong(key)
        ? Arrays.copyOf(key, (isSystem(key) ? SYSTEM_KEY : KEY + RAW_PREFIX) + 1)
        : key;
  }

  private static boolean isSystem(byte[] key) {
    return key.length > 0 && key[0] == (byte) 0xff;
  }

  static boolean isMetadataVersion(byte[] key) {
    return Arrays.equals(key, METADATA_VERSION);
  }

  /** Whether the operand is the one that the metadata version may be set with. */
  static boolean isMetadataVersionOperand(byte[] operand) {
    return Arrays.equals(operand, METADATA_VERSION_VALUE);
  }

  /** Refuses a key that may not be written. */
  static void checkWrite(byte[] key, TransactionSettings settings) {
    checkWriteRange(key, settings);
    checkLength(key, settings);
  }

  static void checkLength(byte[] key, TransactionSettings settings) {
    if (key.length > (isSystem(key) ? SYSTEM_KEY : KEY + (settings.rawAccess ? RAW_PREFIX : 0))) {
      throw ErrorCode.KEY_TOO_LARGE.exception(key.length + " bytes");
    }
  }

  /** Refuses a key that belongs to the system. */
  static void checkWriteRange(byte[] key, TransactionSettings settings) {
    if (Arrays.compareUnsigned(key, writeEnd(settings)) >= 0) {
      throw ErrorCode.KEY_OUTSIDE_LEGAL_RANGE.exception();
    }
  }

  static void checkValue(byte[] value) {
    if (value.length > VALUE) {
      throw ErrorCode.VALUE_TOO_LARGE.exception(value.length + " bytes");
    }
  }

  static void checkWriteBounds(byte[] begin, byte[] end, TransactionSettings settings) {
    byte[] highest = writeEnd(settings);
    if (Arrays.compareUnsigned(begin, highest) > 0 || Arrays.compareUnsigned(end, highest) > 0) {
      throw ErrorCode.KEY_OUTSIDE_LEGAL_RANGE.exception();
    }
  }

  static void checkOrder(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, end) > 0) {
      throw ErrorCode.INVERTED_RANGE.exception();
    }
  }

  static void checkRead(byte[] key, TransactionSettings settings) {
    if (Arrays.compareUnsigned(key, readEnd(settings)) >= 0 && !isMetadataVersion(key)) {
      throw ErrorCode.KEY_OUTSIDE_LEGAL_RANGE.exception();
    }
  }

  static void checkReadBound(byte[] key, TransactionSettings settings) {
    if (Arrays.compareUnsigned(key, readEnd(settings)) > 0) {
      throw ErrorCode.KEY_OUTSIDE_LEGAL_RANGE.exception();
    }
  }

  static byte[] readEnd(TransactionSettings settings) {
    return settings.readSystemKeys ? SYSTEM_END : USER_END;
  }

  static byte[] writeEnd(TransactionSettings settings) {
    return settings.writeSystemKeys ? SYSTEM_END : USER_END;
  }
}

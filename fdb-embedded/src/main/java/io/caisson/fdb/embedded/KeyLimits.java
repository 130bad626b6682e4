package io.caisson.fdb.embedded;

import com.apple.foundationdb.MutationType;
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
  private static final int SYSTEM_KEY = 30_000;
  private static final int VALUE = 100_000;

  private KeyLimits() {}

  static boolean isTooLong(byte[] key) {
    return key.length > (key.length > 0 && key[0] == (byte) 0xff ? SYSTEM_KEY : KEY);
  }

  static void checkWrite(byte[] key, TransactionSettings settings) {
    if (isTooLong(key)) {
      throw ErrorCode.KEY_TOO_LARGE.exception(key.length + " bytes");
    }
    if (Arrays.compareUnsigned(key, writeEnd(settings)) >= 0) {
      throw ErrorCode.KEY_OUTSIDE_LEGAL_RANGE.exception();
    }
  }

  static void checkMutation(
      MutationType type, byte[] key, byte[] operand, TransactionSettings settings) {
    boolean isMetadataVersion =
        type == MutationType.SET_VERSIONSTAMPED_VALUE
            && Arrays.equals(key, METADATA_VERSION)
            && Arrays.equals(operand, METADATA_VERSION_VALUE);
    if (!isMetadataVersion) {
      checkWrite(key, settings);
    }
    checkValue(operand);
  }

  static void checkValue(byte[] value) {
    if (value.length > VALUE) {
      throw ErrorCode.VALUE_TOO_LARGE.exception(value.length + " bytes");
    }
  }

  static void checkWriteRange(byte[] begin, byte[] end, TransactionSettings settings) {
    byte[] highest = writeEnd(settings);
    if (Arrays.compareUnsigned(begin, highest) > 0 || Arrays.compareUnsigned(end, highest) > 0) {
      throw ErrorCode.KEY_OUTSIDE_LEGAL_RANGE.exception();
    }
    if (Arrays.compareUnsigned(begin, end) > 0) {
      throw ErrorCode.INVERTED_RANGE.exception();
    }
  }

  static void checkRead(byte[] key, TransactionSettings settings) {
    if (Arrays.compareUnsigned(key, readEnd(settings)) >= 0
        && !Arrays.equals(key, METADATA_VERSION)) {
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

  private static byte[] writeEnd(TransactionSettings settings) {
    return settings.writeSystemKeys ? SYSTEM_END : USER_END;
  }
}

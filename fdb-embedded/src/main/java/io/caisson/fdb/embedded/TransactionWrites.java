package io.caisson.fdb.embedded;

import com.apple.foundationdb.MutationType;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.write.VersionstampTemplate;
import io.caisson.fdb.embedded.write.WriteOverlay;
import java.util.Arrays;

/**
 * The write side of a transaction: checks each write against the limits in the native client's
 * order, copies what the caller may still change, and keeps the approximate size as the native
 * client counts it. Guarded by its transaction.
 */
final class TransactionWrites {
  /** What FoundationDB's client counts for each operation besides its key and operand. */
  static final int OPERATION_BYTES = 44;

  /** What it counts for each conflict range besides its bounds. */
  static final int RANGE_BYTES = 24;

  private final TransactionSettings settings;
  private final WriteOverlay overlay = new WriteOverlay();
  private final KeyRanges conflicts = new KeyRanges();
  private long size;

  TransactionWrites(TransactionSettings settings) {
    this.settings = settings;
  }

  WriteOverlay overlay() {
    return overlay;
  }

  /** Keys that readers are to conflict with although nothing is written there. */
  KeyRanges conflicts() {
    return conflicts;
  }

  /** The approximate size: operations, conflict ranges and their overhead as they came. */
  long size() {
    return size;
  }

  /** Adds a range of bytes that the transaction has read to its size. */
  void accountRead(long bytes) {
    size += bytes + RANGE_BYTES;
  }

  boolean isEmpty() {
    return overlay.isEmpty() && conflicts.isEmpty();
  }

  /**
   * Whether the transaction takes more room than a limit: what is committed counts, so that keys
   * written again and again count once.
   */
  boolean exceeds(long limit, KeyRanges readConflicts) {
    if (size * 2 <= limit) {
      return false; // what the approximate size does not count is less than what it counts
    }
    KeyRanges written = new KeyRanges();
    conflicts.forEach(written::add);
    overlay.addConflicts(written);
    long bytes =
        overlay.bytes(OPERATION_BYTES)
            + written.bytes(RANGE_BYTES)
            + readConflicts.bytes(RANGE_BYTES);
    return bytes > limit;
  }

  void addConflict(byte[] begin, byte[] end) {
    KeyLimits.checkWriteBounds(begin, end, settings);
    byte[] from = KeyLimits.cut(begin).clone();
    byte[] to = KeyLimits.cut(end).clone();
    if (from.length == to.length && Arrays.equals(from, to)) {
      return;
    }
    conflicts.add(from, to);
    size += (long) from.length + to.length + RANGE_BYTES;
  }

  void set(byte[] key, byte[] value, boolean conflicting) {
    KeyLimits.checkWriteRange(key, settings);
    size += (long) key.length + value.length + OPERATION_BYTES + conflictBytes(key, conflicting);
    KeyLimits.checkLength(key, settings);
    KeyLimits.checkValue(value);
    overlay.set(key.clone(), value.clone(), conflicting);
  }

  /** Clears a key; false if there cannot be such a key. */
  boolean clear(byte[] key, boolean conflicting) {
    KeyLimits.checkWriteRange(key, settings);
    if (KeyLimits.isTooLong(key)) {
      return false;
    }
    overlay.clear(key.clone(), conflicting);
    size += 2L * key.length + 1 + RANGE_BYTES + conflictBytes(key, conflicting);
    return true;
  }

  void clear(byte[] begin, byte[] end, boolean conflicting) {
    KeyLimits.checkWriteBounds(begin, end, settings);
    long bytes = (long) begin.length + end.length;
    size += bytes + OPERATION_BYTES + (conflicting ? bytes + RANGE_BYTES : 0);
    byte[] from = KeyLimits.cut(begin).clone();
    byte[] to = KeyLimits.cut(end).clone();
    if (Arrays.compareUnsigned(from, to) < 0) {
      overlay.clear(from, to, conflicting);
    }
  }

  /**
   * Applies an atomic operation.
   *
   * @param above a version that the commit will lie above
   */
  void mutate(MutationType type, byte[] key, byte[] operand, long above, boolean conflicting) {
    if (KeyLimits.isMetadataVersion(key)) {
      if (type != MutationType.SET_VERSIONSTAMPED_VALUE
          || !KeyLimits.isMetadataVersionOperand(operand)) {
        throw ErrorCode.CLIENT_INVALID_OPERATION.exception();
      }
    } else {
      KeyLimits.checkWriteRange(key, settings);
    }
    KeyLimits.checkLength(key, settings);
    KeyLimits.checkValue(operand);
    switch (type) {
      case SET_VERSIONSTAMPED_KEY -> {
        overlay.setStampedKey(template(key), operand.clone(), above);
        size += (long) key.length + operand.length + OPERATION_BYTES;
        return;
      }
      case SET_VERSIONSTAMPED_VALUE ->
          overlay.setStampedValue(key.clone(), template(operand), conflicting);
      default -> overlay.mutate(type, key.clone(), operand.clone(), conflicting);
    }
    size += (long) key.length + operand.length + OPERATION_BYTES + conflictBytes(key, conflicting);
  }

  private static long conflictBytes(byte[] key, boolean conflicting) {
    return conflicting ? 2L * key.length + 1 + RANGE_BYTES : 0;
  }

  private static VersionstampTemplate template(byte[] operand) {
    VersionstampTemplate template = VersionstampTemplate.parse(operand.clone());
    if (template == null) {
      throw ErrorCode.CLIENT_INVALID_OPERATION.exception(
          "the versionstamp does not lie within the bytes");
    }
    return template;
  }
}

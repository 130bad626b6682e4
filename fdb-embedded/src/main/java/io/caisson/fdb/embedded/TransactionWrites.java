package io.caisson.fdb.embedded;

import com.apple.foundationdb.MutationType;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.write.VersionstampTemplate;
import io.caisson.fdb.embedded.write.WriteOverlay;

/**
 * The write side of a transaction: checks each write against the limits, copies what the caller may
 * still change, and keeps the approximate size. Guarded by its transaction.
 */
final class TransactionWrites {
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

  /** Bytes of keys, values and conflict ranges. */
  long size() {
    return size;
  }

  void account(long bytes) {
    size += bytes;
  }

  boolean isEmpty() {
    return overlay.isEmpty() && conflicts.isEmpty();
  }

  void addConflict(byte[] begin, byte[] end) {
    KeyLimits.checkWriteRange(begin, end, settings);
    conflicts.add(begin.clone(), end.clone());
    size += begin.length + end.length;
  }

  void set(byte[] key, byte[] value) {
    KeyLimits.checkWrite(key, settings);
    KeyLimits.checkValue(value);
    overlay.set(key.clone(), value.clone(), takeConflicting());
    size += 3L * key.length + value.length;
  }

  void clear(byte[] key) {
    if (KeyLimits.isTooLong(key)) {
      return; // there cannot be such a key
    }
    KeyLimits.checkWrite(key, settings);
    overlay.clear(key.clone(), takeConflicting());
    size += 4L * key.length;
  }

  void clear(byte[] begin, byte[] end) {
    KeyLimits.checkWriteRange(begin, end, settings);
    overlay.clear(begin.clone(), end.clone(), takeConflicting());
    size += 2L * (begin.length + end.length);
  }

  /**
   * Applies an atomic operation.
   *
   * @param above a version that the commit will lie above
   */
  void mutate(MutationType type, byte[] key, byte[] operand, long above) {
    if (type == MutationType.SET_VERSIONSTAMPED_KEY) {
      VersionstampTemplate template = template(key);
      KeyLimits.checkWrite(template.highest(), settings);
      KeyLimits.checkValue(operand);
      overlay.setStampedKey(template, operand.clone(), above, takeConflicting());
    } else {
      KeyLimits.checkMutation(type, key, operand, settings);
      if (type == MutationType.SET_VERSIONSTAMPED_VALUE) {
        overlay.setStampedValue(key.clone(), template(operand), takeConflicting());
      } else {
        overlay.mutate(type, key.clone(), operand.clone(), takeConflicting());
      }
    }
    size += 3L * key.length + operand.length;
  }

  private boolean takeConflicting() {
    boolean conflicting = !settings.nextWriteWithoutConflict;
    settings.nextWriteWithoutConflict = false;
    return conflicting;
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

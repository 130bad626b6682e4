package io.caisson.fdb.embedded.write;

import io.caisson.fdb.embedded.history.KeyRanges;
import org.jspecify.annotations.Nullable;

/**
 * A key that is complete only at commit, its value, and the later clears of the same transaction
 * that may hit it.
 */
public final class StampedKey {
  private final VersionstampTemplate key;
  private final byte[] value;
  private final boolean conflicting;
  private final byte[] lowest;
  private final byte[] highest;
  private @Nullable KeyRanges clearedLater;

  StampedKey(VersionstampTemplate key, byte[] value, long above, boolean conflicting) {
    this.key = key;
    this.value = value;
    this.conflicting = conflicting;
    this.lowest = key.lowest(above);
    this.highest = KeyRanges.after(key.highest());
  }

  /** The complete key. */
  public byte[] key(byte[] stamp) {
    return key.fill(stamp);
  }

  /** The value. */
  public byte[] value() {
    return value;
  }

  /** Whether transactions that have read the key conflict with this write. */
  public boolean isConflicting() {
    return conflicting;
  }

  /** Whether a later clear of the same transaction removes the complete key again. */
  public boolean isCleared(byte[] completeKey) {
    return clearedLater != null && clearedLater.contains(completeKey);
  }

  boolean mayLieIn(byte[] begin, byte[] end) {
    return java.util.Arrays.compareUnsigned(lowest, end) < 0
        && java.util.Arrays.compareUnsigned(begin, highest) < 0;
  }

  void clear(byte[] begin, byte[] end) {
    if (mayLieIn(begin, end)) {
      if (clearedLater == null) {
        clearedLater = new KeyRanges();
      }
      clearedLater.add(begin, end);
    }
  }
}

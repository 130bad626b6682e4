package io.caisson.fdb.embedded.write;

import io.caisson.fdb.embedded.history.KeyRanges;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key that is complete only at commit, its value, and the later clears of the same transaction
 * that may hit it.
 */
public final class StampedKey {
  private final VersionstampTemplate key;
  private final byte[] value;
  private final byte[] entry;
  private final byte[] lowest;
  private final byte[] end;
  private @Nullable KeyRanges clearedLater;

  StampedKey(VersionstampTemplate key, byte[] value, long above) {
    this.key = key;
    this.value = value;
    this.entry = key.entry(above);
    this.lowest = key.lowest(above);
    this.end = KeyRanges.after(key.highest());
  }

  /** The lowest that the complete key can be. */
  public byte[] lowest() {
    return lowest;
  }

  /** Above all that the complete key can be. */
  public byte[] end() {
    return end;
  }

  /** The complete key. */
  public byte[] key(byte[] stamp) {
    return key.fill(stamp);
  }

  /** The value. */
  public byte[] value() {
    return value;
  }

  /** Whether a later clear of the same transaction removes the complete key again. */
  public boolean isCleared(byte[] completeKey) {
    return clearedLater != null && clearedLater.contains(completeKey);
  }

  /** Whether the native client files the key, before its commit, inside a range. */
  boolean isFiledIn(byte[] begin, byte[] until) {
    return Arrays.compareUnsigned(begin, entry) <= 0 && Arrays.compareUnsigned(entry, until) < 0;
  }

  /** Notes a later clear that takes effect after this write. */
  void clear(byte[] begin, byte[] until) {
    if (Arrays.compareUnsigned(lowest, until) < 0 && Arrays.compareUnsigned(begin, end) < 0) {
      if (clearedLater == null) {
        clearedLater = new KeyRanges();
      }
      clearedLater.add(begin, until);
    }
  }

  long bytes() {
    return (long) entry.length + value.length;
  }
}

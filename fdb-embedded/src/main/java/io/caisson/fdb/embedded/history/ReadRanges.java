package io.caisson.fdb.embedded.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a transaction has read: noted as they come, and merged only when somebody asks,
 * which nobody does where a transaction writes nothing. Not thread-safe.
 */
public final class ReadRanges {
  private static final int FEW = 4_096;

  private final KeyRanges merged = new KeyRanges();

  /** Begins of ranges that are not merged yet, or single keys. */
  private final List<byte[]> begins = new ArrayList<>();

  /** Their ends; null of a single key. */
  private final List<byte @Nullable []> ends = new ArrayList<>();

  private int mergeAt = FEW;

  /** Adds all keys from {@code begin} up to, but not including, {@code end}. */
  public void add(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, end) < 0) {
      note(begin, end);
    }
  }

  /** Adds one key. */
  public void addKey(byte[] key) {
    int last = begins.size() - 1;
    if (last < 0 || ends.get(last) != null || !Arrays.equals(begins.get(last), key)) {
      note(key, null);
    }
  }

  private void note(byte[] begin, byte @Nullable [] end) {
    begins.add(begin);
    ends.add(end);
    if (begins.size() >= mergeAt) {
      mergeAt = FEW + 2 * ranges().size(); // what is read again and again takes no room
    }
  }

  /** The same keys as disjoint ranges; a view that later calls change. */
  public KeyRanges ranges() {
    for (int i = 0; i < begins.size(); i++) {
      byte[] end = ends.get(i);
      if (end == null) {
        merged.addKey(begins.get(i));
      } else {
        merged.add(begins.get(i), end);
      }
    }
    begins.clear();
    ends.clear();
    return merged;
  }
}

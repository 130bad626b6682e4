package io.caisson.fdb.embedded.history;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one commit has changed, in order, and the commit before it. Immutable but for the
 * link, which is cut when the older commit leaves the window.
 */
final class ChangedKeys {
  final long version;
  volatile @Nullable ChangedKeys older;
  private final KeyHistory[] keys;

  ChangedKeys(long version, List<KeyHistory> changed, @Nullable ChangedKeys older) {
    this.version = version;
    this.older = older;
    this.keys = changed.toArray(new KeyHistory[0]);
    Arrays.sort(keys); // one transaction's are sorted already, and then this is one pass
  }

  /** The index of the first key that is not below the given one. */
  int seek(byte[] key) {
    int low = 0;
    int high = keys.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(keys[middle].bytes, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The key at an index if it is below the given end, or null. */
  @Nullable KeyHistory at(int index, byte[] end) {
    return index < keys.length && Arrays.compareUnsigned(keys[index].bytes, end) < 0
        ? keys[index]
        : null;
  }

  /** Adds all keys to a list. */
  void addTo(List<KeyHistory> target) {
    Collections.addAll(target, keys);
  }
}

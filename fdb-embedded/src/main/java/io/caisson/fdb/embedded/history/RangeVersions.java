package io.caisson.fdb.embedded.history;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * For every key, the version of the last range write that covered it: a step function over the key
 * space.
 *
 * <pre>
 *   version 0    |  version 17   |  version 0  |  version 23  | version 0
 *   -------------[ a ------------[ c ----------[ m -----------[ p ---------
 * </pre>
 *
 * <p>Not thread-safe: the committing thread's.
 */
final class RangeVersions {
  private final NavigableMap<byte[], Long> steps = new TreeMap<>(Arrays::compareUnsigned);
  private long newest;

  /** Marks a range as written at a version that is not below any earlier one. */
  void add(byte[] begin, byte[] end, long version) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return;
    }
    Map.Entry<byte[], Long> last = steps.floorEntry(end);
    long behind = last == null ? 0 : last.getValue();
    steps.subMap(begin, true, end, false).clear();
    steps.put(begin, version);
    steps.put(end, behind);
    newest = version;
  }

  /** Whether any key of the range was covered by a write after the version. */
  boolean writtenAfter(byte[] begin, byte[] end, long version) {
    if (newest <= version) {
      return false;
    }
    Map.Entry<byte[], Long> first = steps.floorEntry(begin);
    if (first != null && first.getValue() > version) {
      return true;
    }
    for (long step : steps.subMap(begin, false, end, false).values()) {
      if (step > version) {
        return true;
      }
    }
    return false;
  }

  /**
   * Forgets the steps at the bounds of a range, if they say no more than "at or before the
   * version".
   */
  void forget(byte[] begin, byte[] end, long version) {
    if (newest <= version) {
      steps.clear();
      return;
    }
    forgetStep(begin, version);
    forgetStep(end, version);
  }

  int size() {
    return steps.size();
  }

  /** Drops a step that no longer says anything, and those right above it that said the same. */
  private void forgetStep(byte[] bound, long version) {
    Map.Entry<byte[], Long> at = steps.floorEntry(bound);
    if (at != null && at.getValue() > version) {
      at = steps.higherEntry(at.getKey());
      if (at == null || at.getValue() > version || Arrays.compareUnsigned(at.getKey(), bound) > 0) {
        return;
      }
      steps.put(at.getKey(), 0L); // still ends the newer range below it
    }
    Map.Entry<byte[], Long> next = at == null ? steps.firstEntry() : steps.higherEntry(at.getKey());
    while (next != null && next.getValue() <= version) {
      steps.remove(next.getKey());
      next = steps.higherEntry(next.getKey());
    }
    Map.Entry<byte[], Long> first = steps.firstEntry();
    if (first != null && first.getValue() <= version) {
      steps.remove(first.getKey());
    }
  }
}

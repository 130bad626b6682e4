package io.caisson.fdb.embedded.history;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A set of keys as disjoint half-open ranges, merged as they are added. Not thread-safe. */
public final class KeyRanges {
  private final NavigableMap<byte[], byte[]> ends = new TreeMap<>(Arrays::compareUnsigned);
  private byte @Nullable [] lastBegin;
  private byte @Nullable [] lastEnd;

  /** Adds all keys from {@code begin} up to, but not including, {@code end}. */
  public void add(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return;
    }
    if (lastBegin != null && Arrays.equals(begin, lastBegin) && Arrays.equals(end, lastEnd)) {
      return; // the same key read again and again
    }
    lastBegin = begin;
    lastEnd = end;
    byte[] from = begin;
    byte[] to = end;
    Map.Entry<byte[], byte[]> before = ends.floorEntry(begin);
    if (before != null && Arrays.compareUnsigned(before.getValue(), begin) >= 0) {
      if (Arrays.compareUnsigned(before.getValue(), end) >= 0) {
        return;
      }
      from = before.getKey();
    }
    Map.Entry<byte[], byte[]> inside = ends.higherEntry(from);
    while (inside != null && Arrays.compareUnsigned(inside.getKey(), to) <= 0) {
      if (Arrays.compareUnsigned(inside.getValue(), to) > 0) {
        to = inside.getValue();
      }
      ends.remove(inside.getKey());
      inside = ends.higherEntry(from);
    }
    ends.put(from, to);
  }

  /** Adds one key. */
  public void addKey(byte[] key) {
    add(key, after(key));
  }

  /** Takes all keys from {@code begin} up to, but not including, {@code end} out of the set. */
  public void remove(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, end) >= 0 || !intersects(begin, end)) {
      return;
    }
    lastBegin = null;
    lastEnd = null;
    Map.Entry<byte[], byte[]> last = ends.lowerEntry(end);
    byte[] behind = last == null ? end : last.getValue();
    Map.Entry<byte[], byte[]> first = ends.lowerEntry(begin);
    if (first != null && Arrays.compareUnsigned(first.getValue(), begin) > 0) {
      ends.put(first.getKey(), begin);
    }
    ends.subMap(begin, true, end, false).clear();
    if (Arrays.compareUnsigned(behind, end) > 0) {
      ends.put(end, behind);
    }
  }

  /** Whether the key is in the set. */
  public boolean contains(byte[] key) {
    Map.Entry<byte[], byte[]> before = ends.floorEntry(key);
    return before != null && Arrays.compareUnsigned(key, before.getValue()) < 0;
  }

  /** Whether any key of the range is in the set. */
  public boolean intersects(byte[] begin, byte[] end) {
    Map.Entry<byte[], byte[]> before = ends.lowerEntry(end);
    return before != null && Arrays.compareUnsigned(before.getValue(), begin) > 0;
  }

  /** The range that holds the key, or null. */
  public Map.@Nullable Entry<byte[], byte[]> rangeOf(byte[] key) {
    Map.Entry<byte[], byte[]> before = ends.floorEntry(key);
    return before != null && Arrays.compareUnsigned(key, before.getValue()) < 0 ? before : null;
  }

  /** The first range that begins at or above the key, or null. */
  public Map.@Nullable Entry<byte[], byte[]> rangeFrom(byte[] key) {
    return ends.ceilingEntry(key);
  }

  /** Visits the ranges in ascending order. */
  public void forEach(BiConsumer<byte[], byte[]> visitor) {
    ends.forEach(visitor);
  }

  /** Whether there is no key in the set. */
  public boolean isEmpty() {
    return ends.isEmpty();
  }

  /** How many disjoint ranges there are. */
  public int size() {
    return ends.size();
  }

  /**
   * Bytes of all bounds.
   *
   * @param overhead bytes to add for each range
   */
  public long bytes(int overhead) {
    long bytes = (long) overhead * ends.size();
    for (Map.Entry<byte[], byte[]> range : ends.entrySet()) {
      bytes += range.getKey().length + range.getValue().length;
    }
    return bytes;
  }

  /** The ranges as begin, end, begin, end, … in ascending order. */
  public byte[][] toArray() {
    byte[][] bounds = new byte[ends.size() * 2][];
    int i = 0;
    for (Map.Entry<byte[], byte[]> range : ends.entrySet()) {
      bounds[i++] = range.getKey();
      bounds[i++] = range.getValue();
    }
    return bounds;
  }

  /** Removes all. */
  public void clear() {
    ends.clear();
    lastBegin = null;
    lastEnd = null;
  }

  /** The first key above the given one. */
  public static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}

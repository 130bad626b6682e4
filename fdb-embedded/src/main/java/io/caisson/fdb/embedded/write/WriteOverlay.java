package io.caisson.fdb.embedded.write;

import com.apple.foundationdb.MutationType;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.ReadRanges;
import io.caisson.fdb.embedded.history.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a transaction has written so far, laid over the store for its own reads and
 * handed to the committer at the end. First the cleared ranges take effect, then the writes, then
 * the keys with versionstamps.
 *
 * <p>A clear removes the writes below it and every later write lies above the clears, so this order
 * gives the same result as the order of the calls. Not thread-safe: guarded by its transaction.
 */
public final class WriteOverlay {
  private static final PendingWrite CLEARED = PendingWrite.value(null, true);

  private final NavigableMap<byte[], PendingWrite> writes = new TreeMap<>(Arrays::compareUnsigned);
  private final KeyRanges cleared = new KeyRanges();
  private final KeyRanges conflictingClears = new KeyRanges();
  private final List<StampedKey> stampedKeys = new ArrayList<>();
  private final KeyRanges unreadable = new KeyRanges();
  private boolean inOrder;

  /**
   * Keys with versionstamps keep their place among the clears, as they do where a transaction does
   * not read its own writes. Otherwise a later clear takes such a write away only if it covers the
   * place where the native client files it until the commit: the key with the lowest possible
   * stamp.
   */
  public void keepOrder() {
    inOrder = true;
  }

  /** Sets a key. */
  public void set(byte[] key, byte[] value, boolean conflicting) {
    PendingWrite write = PendingWrite.value(value, conflicting);
    PendingWrite earlier = writes.put(key, write);
    keepConflict(key, earlier, write);
  }

  /** Clears a key. */
  public void clear(byte[] key, boolean conflicting) {
    PendingWrite write = PendingWrite.value(null, conflicting);
    PendingWrite earlier = writes.put(key, write);
    keepConflict(key, earlier, write);
    if (!unreadable.isEmpty() || !stampedKeys.isEmpty()) {
      clearStamped(key, KeyRanges.after(key));
    }
  }

  /** Clears a range. */
  public void clear(byte[] begin, byte[] end, boolean conflicting) {
    NavigableMap<byte[], PendingWrite> inside = writes.subMap(begin, true, end, false);
    if (!conflicting) {
      inside.forEach(
          (key, write) -> {
            if (write.isConflicting()) {
              conflictingClears.addKey(key);
            }
          });
    }
    inside.clear();
    cleared.add(begin, end);
    if (conflicting) {
      conflictingClears.add(begin, end);
    }
    clearStamped(begin, end);
  }

  private void clearStamped(byte[] begin, byte[] end) {
    unreadable.remove(begin, end);
    if (inOrder) {
      stampedKeys.forEach(stamped -> stamped.clear(begin, end));
    } else {
      stampedKeys.removeIf(stamped -> stamped.isFiledIn(begin, end));
    }
  }

  /** Applies an atomic operation to a key. */
  public void mutate(MutationType type, byte[] key, byte[] operand, boolean conflicting) {
    PendingWrite earlier = find(key);
    PendingWrite write = PendingWrite.operation(earlier, type, operand, conflicting);
    writes.put(key, write);
    keepConflict(key, earlier, write);
  }

  /** Sets a key to a value that the commit completes. */
  public void setStampedValue(byte[] key, VersionstampTemplate value, boolean conflicting) {
    PendingWrite write = PendingWrite.stamped(value, conflicting);
    PendingWrite earlier = writes.put(key, write);
    keepConflict(key, earlier, write);
    unreadable.addKey(key);
  }

  /**
   * Sets a key that the commit completes.
   *
   * @param above a version that the commit will lie above
   */
  public void setStampedKey(VersionstampTemplate key, byte[] value, long above) {
    StampedKey stamped = new StampedKey(key, value, above);
    stampedKeys.add(stamped);
    unreadable.add(stamped.lowest(), stamped.end());
  }

  private void keepConflict(byte[] key, @Nullable PendingWrite earlier, PendingWrite write) {
    if (earlier != null && earlier.isConflicting() && !write.isConflicting()) {
      writes.put(key, write.withConflict());
    }
  }

  /** What the transaction will do to a key, or null if it leaves it alone. */
  public @Nullable PendingWrite find(byte[] key) {
    PendingWrite write = writes.get(key);
    if (write == null && cleared.contains(key)) {
      return CLEARED;
    }
    return write;
  }

  /** Whether nothing was written. */
  public boolean isEmpty() {
    return writes.isEmpty() && cleared.isEmpty() && stampedKeys.isEmpty();
  }

  /**
   * Whether the range holds something that can be read only after the commit. A key stays so when
   * it is set again, and can be read when it is cleared.
   */
  public boolean isUnreadable(byte[] begin, byte[] end) {
    return !unreadable.isEmpty() && unreadable.intersects(begin, end);
  }

  /** Whether the key can be read only after the commit. */
  public boolean isUnreadable(byte[] key) {
    return !unreadable.isEmpty() && unreadable.contains(key);
  }

  /**
   * What the writes take of a transaction's size.
   *
   * @param overhead bytes that each operation takes besides its key and operand
   */
  public long bytes(int overhead) {
    long bytes = 0;
    for (Map.Entry<byte[], PendingWrite> write : writes.entrySet()) {
      int operations = write.getValue().operations();
      bytes += write.getValue().operandBytes();
      bytes += (long) operations * (overhead + write.getKey().length);
    }
    for (StampedKey stamped : stampedKeys) {
      bytes += overhead + stamped.bytes();
    }
    return bytes + cleared.bytes(overhead);
  }

  /** Adds the keys that readers conflict with, as far as they are known before the commit. */
  public void addConflicts(KeyRanges target) {
    conflictingClears.forEach(target::add);
    writes.forEach(
        (key, write) -> {
          if (write.isConflicting()) {
            target.addKey(key);
          }
        });
  }

  /**
   * Lays the writes over a page of rows of the store.
   *
   * @param begin lower bound of what the page covers
   * @param end upper bound, not included
   */
  public Rows amend(Rows rows, byte[] begin, byte[] end, boolean reverse) {
    NavigableMap<byte[], PendingWrite> inside = writes.subMap(begin, true, end, false);
    boolean clears = !cleared.isEmpty() && cleared.intersects(begin, end);
    if (inside.isEmpty() && !clears) {
      return rows;
    }
    Rows result = new Rows(rows.size());
    int next = 0;
    for (Map.Entry<byte[], PendingWrite> entry :
        (reverse ? inside.descendingMap() : inside).entrySet()) {
      byte[] key = entry.getKey();
      next = copyBefore(rows, next, key, reverse, clears, result);
      byte[] stored = null;
      if (next < rows.size() && Arrays.equals(rows.key(next), key)) {
        byte[] value = rows.value(next++);
        stored = clears && cleared.contains(key) ? null : value;
      }
      byte[] value = entry.getValue().resolve(stored);
      if (value != null) {
        result.add(key.clone(), value.clone()); // the caller may change what it is given
      }
    }
    copyBefore(rows, next, null, reverse, clears, result);
    return result;
  }

  private int copyBefore(
      Rows rows, int from, byte @Nullable [] bound, boolean reverse, boolean clears, Rows result) {
    int next = from;
    while (next < rows.size()) {
      byte[] key = rows.key(next);
      if (bound != null) {
        int order = Arrays.compareUnsigned(key, bound);
        if (reverse ? order <= 0 : order >= 0) {
          break;
        }
      }
      if (!clears || !cleared.contains(key)) {
        result.add(key, rows.value(next));
      }
      next++;
    }
    return next;
  }

  /**
   * Adds to a set of read keys those of a range whose values did not come from this transaction's
   * own writes.
   */
  public void addStoredPart(byte[] begin, byte[] end, ReadRanges target) {
    NavigableMap<byte[], PendingWrite> inside = writes.subMap(begin, true, end, false);
    if (inside.isEmpty() && (cleared.isEmpty() || !cleared.intersects(begin, end))) {
      target.add(begin, end);
      return;
    }
    KeyRanges own = new KeyRanges();
    cleared.forEach(own::add);
    inside.forEach(
        (key, write) -> {
          if (write.isIndependent()) {
            own.addKey(key);
          }
        });
    byte[] position = begin;
    Map.Entry<byte[], byte[]> covering = own.rangeOf(begin);
    if (covering != null) {
      position = covering.getValue();
    }
    while (Arrays.compareUnsigned(position, end) < 0) {
      Map.Entry<byte[], byte[]> next = own.rangeFrom(position);
      if (next == null || Arrays.compareUnsigned(next.getKey(), end) >= 0) {
        target.add(position, end);
        return;
      }
      target.add(position, next.getKey());
      position = next.getValue();
    }
  }

  /** The writes by key, in ascending order. */
  public NavigableMap<byte[], PendingWrite> writes() {
    return writes;
  }

  /** The cleared ranges. */
  public KeyRanges cleared() {
    return cleared;
  }

  /** The cleared ranges, as far as readers conflict with them. */
  public KeyRanges conflictingClears() {
    return conflictingClears;
  }

  /** The keys that the commit completes, in the order of the calls. */
  public List<StampedKey> stampedKeys() {
    return stampedKeys;
  }
}

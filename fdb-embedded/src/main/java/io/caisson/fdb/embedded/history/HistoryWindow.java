package io.caisson.fdb.embedded.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The last seconds of commits, in memory, for two purposes: a reader at an older version takes the
 * tree as it is now and puts the previous values back, and a committing transaction asks whether
 * anything it has read was written since.
 *
 * <pre>
 *   key     →  newest change  →  older change  → …      value at version v = previous value of the
 *              (version, prev)   (version, prev)        oldest change after v; none: what the tree says
 *   commit  →  its keys in order; the commit before     for ranges: all commits after v are looked at
 * </pre>
 *
 * <p>A change is recorded <em>before</em> the tree shows it, so that a reader which has looked at
 * the tree first finds every change that it may have seen; a change that the tree does not show yet
 * is harmless, since its previous value is the value. The window ends at {@link #oldestReadable()},
 * which is raised before anything is thrown away; a reader therefore checks it after it has read.
 *
 * <p>One thread writes and asks about conflicts; any thread reads. The window is bounded in time by
 * its owner and in bytes by itself: when the bytes are used up, it becomes shorter.
 */
public final class HistoryWindow {
  /**
   * Heap that one remembered change takes besides its key and previous value: map node, key's
   * history, change, list slot.
   */
  private static final long CHANGE_OVERHEAD = 144;

  private final ConcurrentMap<ByteKey, KeyHistory> changes = new ConcurrentHashMap<>();
  private volatile @Nullable ChangedKeys newestKeys;
  private final RangeVersions ranges = new RangeVersions();
  private final Deque<Commit> commits = new ArrayDeque<>();
  private final long maximumBytes;
  private long used;
  private volatile long bytes;
  private volatile long oldestReadable;
  private volatile long newest;
  private int remembered;
  private volatile int keys; // what others see of it

  private static final class Commit {
    private final long version;
    private final List<KeyHistory> keys = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private @Nullable ChangedKeys sorted;
    private final List<byte[]> rangeBounds = new ArrayList<>();
    private long bytes;

    Commit(long version) {
      this.version = version;
    }
  }

  /**
   * Creates an empty window.
   *
   * @param version what the tree shows
   * @param maximumBytes heap the window may take
   */
  public HistoryWindow(long version, long maximumBytes) {
    this.oldestReadable = version;
    this.newest = version;
    this.maximumBytes = maximumBytes;
  }

  /** The oldest version that can still be read and committed against. */
  public long oldestReadable() {
    return oldestReadable;
  }

  /** The version of the newest change; a reader at or above it needs nothing from here. */
  public long newest() {
    return newest;
  }

  /** An estimate of the heap that is taken. */
  public long bytes() {
    return bytes;
  }

  /** How many keys are remembered. */
  public int keys() {
    return keys;
  }

  // ---- the committing thread
  // ----------------------------------------------------------------------------------

  /** Begins the record of a commit. */
  public void begin(long version) {
    commits.addLast(new Commit(version));
    newest = version;
  }

  /**
   * Records that the current commit changes a key; only the first change of a key within a commit
   * counts.
   *
   * @param conflicting whether readers of the key conflict with it
   */
  public void record(byte[] key, byte @Nullable [] previous, boolean conflicting) {
    Commit commit = commits.getLast();
    Change change = new Change(commit.version, previous, conflicting);
    KeyHistory history = new KeyHistory(key, change);
    KeyHistory there = changes.putIfAbsent(history, history);
    if (there == null) {
      keys = ++remembered;
    } else if (there.newest.version == commit.version) {
      there.newest.conflicting |= conflicting;
      return;
    } else {
      there.add(change);
      history = there;
    }
    long size = CHANGE_OVERHEAD + key.length + (previous == null ? 0 : previous.length);
    commit.keys.add(history);
    commit.changes.add(change);
    commit.bytes += size;
    account(size);
    if (bytes > maximumBytes) {
      shrink();
    }
  }

  /**
   * Ends the record of the current commit; to be called before the tree shows it. Calling it again
   * changes nothing.
   */
  public void seal() {
    Commit commit = commits.getLast();
    if (commit.sorted == null && !commit.keys.isEmpty()) {
      ChangedKeys sorted = new ChangedKeys(commit.version, commit.keys, newestKeys);
      commit.sorted = sorted;
      newestKeys = sorted;
    }
  }

  /** Records that the current commit writes a whole range, whether or not there are keys in it. */
  public void recordRange(byte[] begin, byte[] end) {
    Commit commit = commits.getLast();
    long size = 2 * CHANGE_OVERHEAD + begin.length + end.length;
    commit.rangeBounds.add(begin);
    commit.rangeBounds.add(end);
    commit.bytes += size;
    account(size);
    ranges.add(begin, end, commit.version);
  }

  /** Whether any key of the range was written after the version. */
  public boolean writtenAfter(byte[] begin, byte[] end, long version) {
    if (newest <= version) {
      return false;
    }
    if (isKey(begin, end)) {
      KeyHistory history = changes.get(new ByteKey(begin));
      return (history != null && history.isWrittenAfter(version))
          || ranges.writtenAfter(begin, end, version);
    }
    for (ChangedKeys commit = newestKeys;
        commit != null && commit.version > version;
        commit = commit.older) {
      int index = commit.seek(begin);
      for (KeyHistory key = commit.at(index, end); key != null; key = commit.at(++index, end)) {
        if (key.isWrittenAfter(version)) {
          return true;
        }
      }
    }
    return ranges.writtenAfter(begin, end, version);
  }

  private static boolean isKey(byte[] begin, byte[] end) {
    return end.length == begin.length + 1
        && end[begin.length] == 0
        && Arrays.equals(begin, 0, begin.length, end, 0, begin.length);
  }

  /**
   * Forgets all commits up to a version: they can no longer be read around or committed against.
   */
  public void expire(long version) {
    if (version <= oldestReadable) {
      return;
    }
    oldestReadable = version;
    while (!commits.isEmpty() && commits.getFirst().version <= version) {
      forget(commits.removeFirst(), version);
    }
    cutKeys();
  }

  private void cutKeys() {
    for (Commit commit : commits) {
      if (commit.sorted != null) {
        commit.sorted.older = null;
        return;
      }
    }
    newestKeys = null;
  }

  private void account(long difference) {
    used += difference;
    bytes = used;
  }

  /**
   * Gives up the oldest half of the window, the commit in progress included if it alone is too
   * large.
   */
  private void shrink() {
    long target = maximumBytes / 2;
    long kept = bytes;
    long version = oldestReadable;
    for (Commit commit : commits) {
      if (kept <= target) {
        break;
      }
      kept -= commit.bytes;
      version = commit.version;
    }
    Commit current = commits.getLast();
    expire(version);
    if (commits.isEmpty()) {
      commits.addLast(new Commit(current.version));
    }
  }

  private void forget(Commit commit, long version) {
    for (int i = 0; i < commit.keys.size(); i++) {
      KeyHistory history = commit.keys.get(i);
      Change newer = commit.changes.get(i).newer;
      if (newer != null) {
        newer.older = null;
      } else if (changes.remove(history, history)) {
        keys = --remembered;
      }
    }
    for (int i = 0; i < commit.rangeBounds.size(); i += 2) {
      ranges.forget(commit.rangeBounds.get(i), commit.rangeBounds.get(i + 1), version);
    }
    account(-commit.bytes);
  }

  // ---- any thread
  // ---------------------------------------------------------------------------------------------

  /** The value of a key at a version, given what the tree says now (looked up before this call). */
  public byte @Nullable [] valueAt(byte[] key, long version, byte @Nullable [] current) {
    if (newest <= version) {
      return current;
    }
    KeyHistory history = changes.get(new ByteKey(key));
    Change change = history == null ? null : history.newest;
    if (change == null || change.version <= version) {
      return current;
    }
    byte[] value = valueAt(change, version, current);
    return value == null ? null : value.clone(); // the reader may change what it is given
  }

  private static byte @Nullable [] valueAt(
      @Nullable Change newest, long version, byte @Nullable [] current) {
    byte[] value = current;
    for (Change at = newest; at != null && at.version > version; at = at.older) {
      value = at.previous;
    }
    return value;
  }

  /**
   * Rewrites a page of rows of the tree into what it was at a version.
   *
   * @param rows the page, in the order of the scan
   * @param begin lower bound of what the page covers
   * @param end upper bound, not included
   */
  public Rows amend(Rows rows, byte[] begin, byte[] end, boolean reverse, long version) {
    if (newest <= version) {
      return rows;
    }
    List<KeyHistory> inside = changedAfter(begin, end, version);
    if (inside.isEmpty()) {
      return rows;
    }
    inside.sort(reverse ? Comparator.reverseOrder() : Comparator.naturalOrder());
    Rows result = new Rows(rows.size());
    int next = 0;
    KeyHistory before = null;
    for (KeyHistory history : inside) {
      if (history.equals(before)) {
        continue; // changed by several commits
      }
      before = history;
      Change change = history.newest;
      if (change.version <= version) {
        continue;
      }
      byte[] key = history.bytes;
      int order = -1;
      while (next < rows.size() && (order = compare(rows.key(next), key, reverse)) < 0) {
        result.add(rows.key(next), rows.value(next++));
        order = -1;
      }
      byte[] current = null;
      if (next < rows.size() && order == 0) {
        current = rows.value(next++);
      }
      byte[] value = valueAt(change, version, current);
      if (value != null) {
        result.add(key.clone(), value.clone()); // the reader may change what it is given
      }
    }
    while (next < rows.size()) {
      result.add(rows.key(next), rows.value(next++));
    }
    return result;
  }

  private List<KeyHistory> changedAfter(byte[] begin, byte[] end, long version) {
    List<KeyHistory> changed = new ArrayList<>();
    for (ChangedKeys commit = newestKeys;
        commit != null && commit.version > version;
        commit = commit.older) {
      int index = commit.seek(begin);
      for (KeyHistory key = commit.at(index, end); key != null; key = commit.at(++index, end)) {
        changed.add(key);
      }
    }
    return changed;
  }

  private static int compare(byte[] left, byte[] right, boolean reverse) {
    int order = Arrays.compareUnsigned(left, right);
    return reverse ? -order : order;
  }
}

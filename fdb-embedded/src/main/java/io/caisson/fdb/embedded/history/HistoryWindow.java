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
 * The last seconds of commits, in memory, for three purposes: a reader at an older version takes
 * the tree as it is now and puts the previous values back, a reader at a version that the tree does
 * not show yet takes the newer ones, and a committing transaction asks whether anything it has read
 * was written since.
 *
 * <pre>
 *   key     →  newest change          →  older change  → …
 *              (version, prev, value)    (version, prev, value)
 *   commit  →  its keys in order; the commit before     for ranges: all commits after v are looked at
 *
 *   value at version v = previous value of the oldest change after v;
 *                        none: value of the newest change, if the tree may not show it;
 *                        none: what the tree says
 * </pre>
 *
 * <p>A change is recorded <em>before</em> the tree shows it, so that a reader which has looked at
 * the tree first finds every change that it may have seen. The tree follows: {@link #treeVersion()}
 * is what it shows at least, and no commit after that is thrown away. A reader asks for that
 * version first, then looks at the tree, then here; if it finds that a value was handed to the tree
 * meanwhile ({@link #LOOK_AGAIN}), or that commits after that version are {@link #forgotten()}, it
 * begins again. The window ends at {@link #oldestReadable()}, which is raised before anything is
 * thrown away; a reader therefore checks it after it has read.
 *
 * <p>One thread writes and asks about conflicts; one at a time brings changes into the tree; any
 * thread reads. The window is bounded in time by its owner and in bytes by itself: when the bytes
 * are used up, it becomes shorter. Values that the tree does not show are not counted; they are
 * bounded by whoever brings them there.
 */
public final class HistoryWindow {
  /**
   * Heap that one remembered change takes besides its key and previous value: map node, key's
   * history, change, list slot.
   */
  private static final long CHANGE_OVERHEAD = 144;

  /** Stands for a value that is in the tree, where whoever reads may have looked too early. */
  public static final byte[] LOOK_AGAIN = Change.IN_TREE;

  private final ConcurrentMap<ByteKey, KeyHistory> changes = new ConcurrentHashMap<>();
  private volatile @Nullable ChangedKeys newestKeys;
  private final RangeVersions ranges = new RangeVersions();
  private final Deque<Commit> commits = new ArrayDeque<>();
  private final long maximumBytes;
  private long used;
  private volatile long bytes;
  private volatile long oldestReadable;
  private volatile long newest;
  private volatile long treeVersion;
  private volatile long forgotten;
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
    this.treeVersion = version;
    this.maximumBytes = maximumBytes;
  }

  /** The oldest version that can still be read and committed against. */
  public long oldestReadable() {
    return oldestReadable;
  }

  /** The tree shows all commits up to this version, and perhaps some after it. */
  public long treeVersion() {
    return treeVersion;
  }

  /** The version of the newest commit that was thrown away. */
  public long forgotten() {
    return forgotten;
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
   * Records that the current commit changes a key, and that the tree shows this together with the
   * commit; only the first change of a key within a commit counts.
   *
   * @param conflicting whether readers of the key conflict with it
   */
  public void record(byte[] key, byte @Nullable [] previous, boolean conflicting) {
    record(key, previous, Change.IN_TREE, conflicting);
    if (isFull()) {
      shrink();
    }
  }

  /**
   * Records that the current commit changes a key to a value that the tree will show later; of the
   * previous values the first within a commit counts, of the new ones the last. The window may be
   * {@linkplain #isFull() full} after it.
   */
  public void record(
      byte[] key, byte @Nullable [] previous, byte @Nullable [] value, boolean conflicting) {
    Commit commit = commits.getLast();
    Change change = new Change(commit.version, previous, value, conflicting);
    KeyHistory history = new KeyHistory(key, change);
    KeyHistory there = changes.putIfAbsent(history, history);
    if (there == null) {
      keys = ++remembered;
    } else if (there.newest.version == commit.version) {
      there.newest.conflicting |= conflicting;
      there.newest.value = value;
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
  }

  /** Whether more is remembered than there is room for. */
  public boolean isFull() {
    return used > maximumBytes;
  }

  /**
   * The value that a key has for the next transaction to be written, or {@link #LOOK_AGAIN} if the
   * tree has it.
   */
  public byte @Nullable [] valueAhead(byte[] key) {
    KeyHistory history = changes.get(new ByteKey(key));
    return history == null ? LOOK_AGAIN : history.newest.value;
  }

  /** The current commit comes to nothing: what it has recorded changes no value. */
  public void revoke() {
    for (Change change : commits.getLast().changes) {
      change.value = change.previous;
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
    forget(Math.min(version, treeVersion));
  }

  private void forget(long version) {
    if (commits.isEmpty() || commits.getFirst().version > version) {
      return;
    }
    forgotten = version;
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
   * large; the tree shows all commits before that one.
   */
  private void shrink() {
    long target = maximumBytes / 2;
    long kept = used;
    long version = oldestReadable;
    for (Commit commit : commits) {
      if (kept <= target) {
        break;
      }
      kept -= commit.bytes;
      version = commit.version;
    }
    Commit current = commits.getLast();
    oldestReadable = Math.max(oldestReadable, version);
    forget(version);
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

  /**
   * The value of a key at a version, given what the tree says.
   *
   * @param current what the tree says, looked up before this call
   * @param shown what the tree shows at least, asked for before that
   * @return the value, null if there is none, {@link #LOOK_AGAIN} if this was too early
   */
  public byte @Nullable [] valueAt(
      byte[] key, long version, byte @Nullable [] current, long shown) {
    if (newest <= Math.min(version, shown)) {
      return current;
    }
    KeyHistory history = changes.get(new ByteKey(key));
    return history == null ? current : valueAt(history.newest, version, current, shown);
  }

  private static byte @Nullable [] valueAt(
      Change newest, long version, byte @Nullable [] current, long shown) {
    Change later = newest.oldestAfter(version);
    byte[] value;
    if (later != null) {
      value = later.previous;
    } else if (newest.version <= shown) {
      return current;
    } else {
      value = newest.value;
    }
    // the reader may change what it is given
    return value == null || value == Change.IN_TREE ? value : value.clone();
  }

  /**
   * Rewrites a page of rows of the tree into what it was at a version.
   *
   * @param rows the page, in the order of the scan
   * @param begin lower bound of what the page covers
   * @param end upper bound, not included
   * @param shown what the tree shows at least, asked for before it was read
   * @param most so many keys may be put in that the tree does not show
   * @return null if this was too early, or would be more
   */
  public @Nullable Rows amend(
      Rows rows, byte[] begin, byte[] end, boolean reverse, long version, long shown, int most) {
    long from = Math.min(version, shown);
    if (newest <= from) {
      return rows;
    }
    List<KeyHistory> inside = changedAfter(begin, end, from);
    if (inside.isEmpty()) {
      return rows;
    }
    if (version > shown && inside.size() > most) {
      return null;
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
      byte[] value = valueAt(history.newest, version, current, shown);
      if (value == Change.IN_TREE) {
        return null;
      }
      if (value != null) {
        result.add(key.clone(), value); // the reader may change what it is given
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

  // ---- whoever brings changes into the tree
  // ------------------------------------------------------------------------

  /**
   * What has to be changed in the tree, which shows all commits up to {@link #treeVersion()} and
   * none after it, so that it shows those up to a version.
   */
  public TreeChanges changesUpTo(long version) {
    List<KeyHistory> changed = new ArrayList<>();
    for (ChangedKeys commit = newestKeys;
        commit != null && commit.version > treeVersion;
        commit = commit.older) {
      if (commit.version <= version) {
        commit.addTo(changed);
      }
    }
    return new TreeChanges(changed, treeVersion, version);
  }

  /** The tree shows these changes now, to everyone who looks at it from now on. */
  public void inTree(TreeChanges shown) {
    inTree(shown.version());
    shown.letGo();
  }

  /** The tree shows all commits up to a version now. */
  public void inTree(long version) {
    treeVersion = version;
  }
}

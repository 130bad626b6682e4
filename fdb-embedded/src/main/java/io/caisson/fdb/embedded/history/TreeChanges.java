package io.caisson.fdb.embedded.history;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be changed in the tree to bring it from one version to a later one: the keys that
 * commits between them have written, in order and each once, with the values that they had and
 * have. One thread's, while the window goes on.
 */
public final class TreeChanges {
  private final Change[] changes;
  private final byte[][] keys;
  private final byte[] @Nullable [] before;
  private final byte[] @Nullable [] after;
  private final long version;
  private int size;

  /**
   * Looks up the values.
   *
   * @param changed the keys in any order, some of them several times; sorted by this
   * @param from what the tree shows
   * @param version what it is to show
   */
  TreeChanges(List<KeyHistory> changed, long from, long version) {
    this.version = version;
    this.changes = new Change[changed.size()];
    this.keys = new byte[changed.size()][];
    this.before = new byte[changed.size()][];
    this.after = new byte[changed.size()][];
    Collections.sort(changed);
    KeyHistory last = null;
    for (KeyHistory history : changed) {
      if (!history.equals(last)) {
        last = history;
        add(history, from);
      }
    }
  }

  private void add(KeyHistory history, long from) {
    Change newest = history.newest.newestUpTo(version);
    Change oldest = newest == null ? null : newest.oldestAfter(from);
    if (newest == null || oldest == null) {
      throw new IllegalStateException("A change was forgotten before the tree showed it");
    }
    changes[size] = newest;
    keys[size] = history.bytes;
    before[size] = oldest.previous;
    after[size++] = newest.value;
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** The version that the tree is to show. */
  public long version() {
    return version;
  }

  /** A key; nobody changes it. */
  public byte[] key(int index) {
    return keys[index];
  }

  /** What the tree shows now, or null if nothing. */
  public byte @Nullable [] before(int index) {
    return before[index];
  }

  /** What it is to show, or null if nothing. */
  public byte @Nullable [] after(int index) {
    return after[index];
  }

  /** The tree shows them: the window needs the values no longer. */
  void letGo() {
    for (int i = 0; i < size; i++) {
      changes[i].value = Change.IN_TREE;
    }
  }
}

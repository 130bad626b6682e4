package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.journal.Mutations;
import io.caisson.fdb.embedded.tree.TreeCursor;
import io.caisson.fdb.embedded.tree.TreeWriter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a batch into a transaction of the tree, the values that it replaces into the history
 * window first. The committing thread's.
 */
final class TreeTarget implements BatchTarget {
  private final TreeWriter tree;
  private final HistoryWindow history;
  private final Mutations record;
  private final Consumer<byte[]> changedKeys;

  TreeTarget(
      TreeWriter tree, HistoryWindow history, Mutations record, Consumer<byte[]> changedKeys) {
    this.tree = tree;
    this.history = history;
    this.record = record;
    this.changedKeys = changedKeys;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return tree.get(key);
  }

  @Override
  public void store(
      byte[] key, byte @Nullable [] previous, byte @Nullable [] value, boolean conflicting) {
    history.record(key, previous, conflicting);
    changedKeys.accept(key);
    write(tree, key, previous, value);
    if (value != null) {
      record.put(key, value);
    } else if (previous != null) {
      record.delete(key);
    }
  }

  /** Writes a change into the tree and its sample. */
  static void write(
      TreeWriter tree, byte[] key, byte @Nullable [] previous, byte @Nullable [] value) {
    tree.sizeChanged(key, length(previous), length(value));
    if (value != null) {
      tree.put(key, value);
    } else if (previous != null) {
      tree.delete(key);
    }
  }

  private static int length(byte @Nullable [] value) {
    return value == null ? -1 : value.length;
  }

  /** Clears all keys of a range, which are found in the tree. */
  void clear(byte[] begin, byte[] end) {
    record.clear(begin, end);
    TreeCursor cursor = tree.cursor();
    boolean more = cursor.seekCeiling(begin);
    while (more) {
      byte[] key = cursor.key();
      if (Arrays.compareUnsigned(key, end) >= 0) {
        return;
      }
      byte[] value = cursor.value();
      history.record(key, value, false);
      changedKeys.accept(key);
      tree.sizeChanged(key, value.length, -1);
      tree.delete();
      more = cursor.next();
    }
  }
}

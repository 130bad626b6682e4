package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.journal.Mutations;
import io.caisson.fdb.embedded.tree.TreeReader;
import io.caisson.fdb.embedded.tree.TreeStore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a batch into the history window, from where the tree takes it later. Values come from
 * there too, as far as the tree does not show them yet. The committing thread's; closed before
 * anything that waits for the tree.
 */
final class HistoryTarget implements BatchTarget, AutoCloseable {
  private final TreeStore tree;
  private final HistoryWindow history;
  private final Mutations record;
  private final Consumer<byte[]> changedKeys;
  private long shown;
  private TreeReader reader;

  HistoryTarget(
      TreeStore tree, HistoryWindow history, Mutations record, Consumer<byte[]> changedKeys) {
    this.tree = tree;
    this.history = history;
    this.record = record;
    this.changedKeys = changedKeys;
    this.shown = history.treeVersion();
    this.reader = tree.reader();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] ahead = history.valueAhead(key);
    if (ahead != HistoryWindow.LOOK_AGAIN) {
      return ahead;
    }
    long now = history.treeVersion();
    if (now != shown) { // the value may have come into the tree since this looked at it
      reader.close();
      shown = now;
      reader = tree.reader();
    }
    return reader.get(key);
  }

  @Override
  public void store(
      byte[] key, byte @Nullable [] previous, byte @Nullable [] value, boolean conflicting) {
    history.record(key, previous, value, conflicting);
    changedKeys.accept(key);
    if (value != null) {
      record.put(key, value);
    } else if (previous != null) {
      record.delete(key);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}

package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.journal.Mutations;
import io.caisson.fdb.embedded.tree.TreeCursor;
import io.caisson.fdb.embedded.tree.TreeWriter;
import io.caisson.fdb.embedded.write.PendingWrite;
import io.caisson.fdb.embedded.write.StampedKey;
import io.caisson.fdb.embedded.write.WriteOverlay;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the writes of accepted transactions into the tree, the values that they replace into the
 * history window first, and what it came to into the journal's record. The committing thread's.
 */
final class TransactionApplier {
  private final TreeWriter tree;
  private final HistoryWindow history;
  private final @Nullable Mutations record;
  private final Consumer<byte[]> changedKeys;

  TransactionApplier(
      TreeWriter tree,
      HistoryWindow history,
      @Nullable Mutations record,
      Consumer<byte[]> changedKeys) {
    this.tree = tree;
    this.history = history;
    this.record = record;
    this.changedKeys = changedKeys;
  }

  void apply(CommitRequest request, byte[] stamp) {
    WriteOverlay writes = request.writes();
    request.writeRanges().forEach(history::recordRange);
    writes.conflictingClears().forEach(history::recordRange);
    writes.cleared().forEach(this::clear);
    for (Map.Entry<byte[], PendingWrite> entry : writes.writes().entrySet()) {
      write(entry.getKey(), entry.getValue(), stamp);
    }
    for (StampedKey stamped : writes.stampedKeys()) {
      byte[] key = stamped.key(stamp);
      if (!stamped.isCleared(key)) {
        store(key, tree.get(key), stamped.value(), true);
      }
    }
  }

  private void write(byte[] key, PendingWrite write, byte[] stamp) {
    byte[] previous = tree.get(key);
    store(key, previous, write.resolve(previous, stamp), write.isConflicting());
  }

  private void store(
      byte[] key, byte @Nullable [] previous, byte @Nullable [] value, boolean conflicting) {
    history.record(key, previous, conflicting);
    changedKeys.accept(key);
    tree.sizeChanged(key, length(previous), length(value));
    if (value != null) {
      tree.put(key, value);
      if (record != null) {
        record.put(key, value);
      }
    } else if (previous != null) {
      tree.delete(key);
      if (record != null) {
        record.delete(key);
      }
    }
  }

  private void clear(byte[] begin, byte[] end) {
    if (record != null) {
      record.clear(begin, end);
    }
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

  private static int length(byte @Nullable [] value) {
    return value == null ? -1 : value.length;
  }
}

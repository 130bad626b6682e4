package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.write.PendingWrite;
import io.caisson.fdb.embedded.write.StampedKey;
import io.caisson.fdb.embedded.write.WriteOverlay;
import java.util.Map;

/**
 * Works out what the writes of accepted transactions come to, their cleared ranges apart. The
 * committing thread's.
 */
final class TransactionApplier {
  private final BatchTarget target;
  private final HistoryWindow history;

  TransactionApplier(BatchTarget target, HistoryWindow history) {
    this.target = target;
    this.history = history;
  }

  void apply(CommitRequest request, byte[] stamp) {
    WriteOverlay writes = request.writes();
    request.writeRanges().forEach(history::recordRange);
    writes.conflictingClears().forEach(history::recordRange);
    for (Map.Entry<byte[], PendingWrite> entry : writes.writes().entrySet()) {
      write(entry.getKey(), entry.getValue(), stamp);
    }
    for (StampedKey stamped : writes.stampedKeys()) {
      byte[] key = stamped.key(stamp);
      if (!stamped.isCleared(key)) {
        target.store(key, target.get(key), stamped.value(), true);
      }
    }
  }

  private void write(byte[] key, PendingWrite write, byte[] stamp) {
    byte[] previous = target.get(key);
    target.store(key, previous, write.resolve(previous, stamp), write.isConflicting());
  }
}

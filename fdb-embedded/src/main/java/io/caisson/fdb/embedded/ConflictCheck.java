package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.write.PendingWrite;
import io.caisson.fdb.embedded.write.StampedKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which transactions of a batch may commit: nothing that one has read may have been written
 * since its read version, by an earlier batch or by an earlier transaction of the same batch. The
 * committing thread's, one per batch.
 */
final class ConflictCheck {
  private final HistoryWindow history;
  private final KeyRanges writtenByBatch = new KeyRanges();
  private final boolean someRead;

  /**
   * Begins a batch.
   *
   * @param someRead whether transactions are among several that have read something
   */
  ConflictCheck(HistoryWindow history, boolean someRead) {
    this.history = history;
    this.someRead = someRead;
  }

  /** Why the transaction may not commit, or null. */
  @Nullable ErrorCode refusal(CommitRequest request) {
    byte[][] read = request.readRanges();
    if (read.length == 0) {
      return null;
    }
    if (request.readVersion() < history.oldestReadable()) {
      return ErrorCode.TRANSACTION_TOO_OLD;
    }
    for (int i = 0; i < read.length; i += 2) {
      if (history.writtenAfter(read[i], read[i + 1], request.readVersion())
          || (someRead && writtenByBatch.intersects(read[i], read[i + 1]))) {
        return ErrorCode.NOT_COMMITTED;
      }
    }
    return null;
  }

  /** All that a transaction has read and that was written since. */
  KeyRanges conflicting(CommitRequest request) {
    KeyRanges conflicting = new KeyRanges();
    byte[][] read = request.readRanges();
    for (int i = 0; i < read.length; i += 2) {
      if (history.writtenAfter(read[i], read[i + 1], request.readVersion())
          || writtenByBatch.intersects(read[i], read[i + 1])) {
        conflicting.add(read[i], read[i + 1]);
      }
    }
    return conflicting;
  }

  /** Notes what an accepted transaction will write. */
  void accept(CommitRequest request, byte[] stamp) {
    if (!someRead) {
      return;
    }
    request.writes().conflictingClears().forEach(writtenByBatch::add);
    request.writeRanges().forEach(writtenByBatch::add);
    for (Map.Entry<byte[], PendingWrite> write : request.writes().writes().entrySet()) {
      if (write.getValue().isConflicting()) {
        writtenByBatch.addKey(write.getKey());
      }
    }
    for (StampedKey stamped : request.writes().stampedKeys()) {
      writtenByBatch.addKey(stamped.key(stamp));
    }
  }
}

package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.fault.FaultKind;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What is counted while a database is open; {@link StoreMetrics} shows it. Thread-safe. */
final class MetricsCounters {
  private final LongAdder commits = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAccumulator largestBatch = new LongAccumulator(Math::max, 0);
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder tooOld = new LongAdder();
  private final LongAdder syncNanos = new LongAdder();
  private final LongAccumulator longestSync = new LongAccumulator(Math::max, 0);
  private final LongAdder growths = new LongAdder();
  private final LongAdder journalBytes = new LongAdder();
  private final LongAdder treeCommits = new LongAdder();
  private final LongAdder treeNanos = new LongAdder();
  private final LongAdder checkpoints = new LongAdder();
  private final LongAdder checkpointNanos = new LongAdder();

  void committed(int transactions) {
    batches.increment();
    commits.add(transactions);
    largestBatch.accumulate(transactions);
  }

  void refused(ErrorCode reason) {
    (reason == ErrorCode.NOT_COMMITTED ? conflicts : tooOld).increment();
  }

  void synced(long nanos) {
    syncNanos.add(nanos);
    longestSync.accumulate(nanos);
  }

  void journaled(long bytes) {
    journalBytes.add(bytes);
  }

  void followed(long nanos) {
    treeCommits.increment();
    treeNanos.add(nanos);
  }

  void checkpointed(long nanos) {
    checkpoints.increment();
    checkpointNanos.add(nanos);
  }

  void grown() {
    growths.increment();
  }

  /** The counters now, with what the other parts of the engine say of themselves. */
  StoreMetrics snapshot(
      int watches,
      HistoryStatistics history,
      StorageStatistics storage,
      Map<FaultKind, Long> faults) {
    return new StoreMetrics(
        commits.sum(),
        batches.sum(),
        largestBatch.get(),
        conflicts.sum(),
        tooOld.sum(),
        syncNanos.sum(),
        longestSync.get(),
        journalBytes.sum(),
        treeCommits.sum(),
        treeNanos.sum(),
        checkpoints.sum(),
        checkpointNanos.sum(),
        growths.sum(),
        watches,
        history,
        storage,
        faults);
  }
}

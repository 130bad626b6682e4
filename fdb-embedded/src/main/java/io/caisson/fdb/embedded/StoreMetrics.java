package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.fault.FaultKind;
import java.util.Map;

/**
 * What one open database has done since it was opened, and how it is now. Immutable: a picture of
 * one moment.
 *
 * @param commits transactions that were committed and had written something
 * @param batches batches in which they were committed: one sync each
 * @param largestBatch most transactions in one batch
 * @param conflicts transactions that were refused because something they had read was written since
 * @param tooOld transactions that were refused because their read version had left the window
 * @param syncNanos nanoseconds spent in writing batches: to the journal, its sync, and to the tree
 *     if it does not follow later
 * @param longestSyncNanos the longest of those
 * @param journalBytes bytes written to the journal
 * @param treeCommits how often the tree has followed the journal, several batches at once
 * @param treeNanos nanoseconds that took, in the background
 * @param checkpoints how often the tree was brought to disk, and the journal begun anew
 * @param checkpointNanos nanoseconds that took, in the background
 * @param growths how often the map was enlarged
 * @param watches watches that have not fired, those of uncommitted transactions included
 * @param history the window of the last commits
 * @param storage the shape of the B+ tree
 * @param faults how often each kind of fault was injected
 */
public record StoreMetrics(
    long commits,
    long batches,
    long largestBatch,
    long conflicts,
    long tooOld,
    long syncNanos,
    long longestSyncNanos,
    long journalBytes,
    long treeCommits,
    long treeNanos,
    long checkpoints,
    long checkpointNanos,
    long growths,
    int watches,
    HistoryStatistics history,
    StorageStatistics storage,
    Map<FaultKind, Long> faults) {
  /** Keeps a copy of the counts of faults. */
  public StoreMetrics {
    faults = Map.copyOf(faults);
  }

  /** Transactions in a batch, on average. */
  public double meanBatch() {
    return batches == 0 ? 0 : (double) commits / batches;
  }

  /** Nanoseconds that a sync took, on average. */
  public double meanSyncNanos() {
    return batches == 0 ? 0 : (double) syncNanos / batches;
  }
}

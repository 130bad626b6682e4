package io.caisson.fdb.embedded;

import java.util.concurrent.atomic.LongAdder;

/** Counters of one open database, from its opening on. Thread-safe. */
public final class StoreMetrics {
  private final LongAdder commits = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder tooOld = new LongAdder();
  private final LongAdder syncNanos = new LongAdder();
  private final LongAdder growths = new LongAdder();

  StoreMetrics() {}

  void committed(int transactions) {
    batches.increment();
    commits.add(transactions);
  }

  void refused(ErrorCode reason) {
    (reason == ErrorCode.NOT_COMMITTED ? conflicts : tooOld).increment();
  }

  void synced(long nanos) {
    syncNanos.add(nanos);
  }

  void grown() {
    growths.increment();
  }

  /** Transactions that were committed and had written something. */
  public long commits() {
    return commits.sum();
  }

  /** Batches in which they were committed: one sync each. */
  public long batches() {
    return batches.sum();
  }

  /** Transactions that were refused because something they had read was written since. */
  public long conflicts() {
    return conflicts.sum();
  }

  /** Transactions that were refused because their read version had left the window. */
  public long tooOld() {
    return tooOld.sum();
  }

  /** Nanoseconds spent in writing and syncing pages. */
  public long syncNanos() {
    return syncNanos.sum();
  }

  /** How often the map was enlarged. */
  public long growths() {
    return growths.sum();
  }
}

package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.journal.JournalFailure;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.write.VersionstampTemplate;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Transactions that arrive while a batch is being synced form the next
 * batch, so that many waiting transactions share one sync.
 *
 * <pre>
 *   submit → [queue] → check conflicts → {@link BatchWriter} → publish version → answer
 * </pre>
 *
 * <p>{@link #submit} is thread-safe.
 */
final class Committer implements AutoCloseable {
  /** How long old versions stay readable, in versions. */
  static final long WINDOW = 5 * VersionClock.PER_SECOND;

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final long BATCH_BYTES = 16L << 20;
  private static final int BATCH_TRANSACTIONS = 10_000;
  private static final int GATHERING_SHARE = 16;
  private static final long LONGEST_GATHERING_NANOS = 2_000_000;

  private final BatchWriter writer;
  private final HistoryWindow history;
  private final VersionClock clock;
  private final Watches watches;
  private final MetricsCounters metrics;
  private final Supplier<@Nullable FaultInjector> faults;
  private final Path file;
  private final CommitQueue queue = new CommitQueue();
  private final Deque<CommitRequest> waiting = new ArrayDeque<>(); // the committing thread's
  private final List<CommitRequest> running = new ArrayList<>();
  private int expected = 1;
  private long lastCommitNanos;
  private volatile @Nullable Thread thread;

  /**
   * Creates a committer, whose thread begins with the first commit.
   *
   * @param writer brings batches into journal and tree
   * @param faults what throws the dice at the moment, or null
   * @param file where the tree lies
   */
  Committer(
      BatchWriter writer,
      HistoryWindow history,
      VersionClock clock,
      Watches watches,
      MetricsCounters metrics,
      Supplier<@Nullable FaultInjector> faults,
      Path file) {
    this.file = file;
    this.writer = writer;
    this.history = history;
    this.clock = clock;
    this.watches = watches;
    this.metrics = metrics;
    this.faults = faults;
  }

  /** Queues a transaction; its future tells the outcome. */
  void submit(CommitRequest request) {
    queue.add(request);
    if (thread == null) {
      start();
    }
  }

  private synchronized void start() {
    if (thread == null) {
      Thread committing = new Thread(this::run, "caisson-store-commit");
      committing.setDaemon(true);
      committing.setUncaughtExceptionHandler((dead, error) -> died(error));
      queue.takenBy(committing);
      committing.start();
      thread = committing;
    }
  }

  /** Finishes what is queued and ends the thread. */
  @Override
  public void close() {
    queue.close();
    if (queue.size() > 0) {
      start(); // somebody has queued a transaction and not come to it yet
    }
    Thread committing;
    synchronized (this) {
      committing = thread;
    }
    boolean interrupted = false;
    while (committing != null && committing.isAlive()) {
      try {
        committing.join();
      } catch (InterruptedException wait) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<CommitRequest> batch = running;
    while (takeBatch(batch)) {
      try {
        if (batch.isEmpty()) {
          writer.leisure();
        } else {
          commit(batch);
        }
      } catch (RuntimeException fault) {
        LOG.error(
            "A batch of {} transactions failed by a fault of the engine", batch.size(), fault);
        clock.abandon();
        batch.forEach(
            request -> request.failed(ErrorCode.INTERNAL_ERROR.exception(fault.toString())));
      }
      batch.clear();
    }
  }

  /** An error of the JVM ended the thread: nobody may wait for it. */
  private void died(Throwable error) {
    LOG.error("The committing thread ended; the database takes no further commits", error);
    queue.close();
    boolean unused = queue.takeAll(waiting);
    List<CommitRequest> lost = new ArrayList<>(running);
    lost.addAll(waiting);
    clock.abandon();
    lost.forEach(
        request -> request.failed(ErrorCode.COMMIT_UNKNOWN_RESULT.exception(error.toString())));
  }

  /**
   * Waits for transactions, or until there is something else to do, which gives an empty batch;
   * false when the database is closed and all are done.
   */
  private boolean takeBatch(List<CommitRequest> batch) {
    if (waiting.isEmpty() && !queue.await(1, writer.leisureNanos())) {
      return true;
    }
    gather();
    boolean goesOn = queue.takeAll(waiting);
    long bytes = 0;
    while (!waiting.isEmpty() && bytes < BATCH_BYTES && batch.size() < BATCH_TRANSACTIONS) {
      CommitRequest request = waiting.removeFirst();
      bytes += request.bytes();
      batch.add(request);
    }
    return goesOn || !batch.isEmpty();
  }

  /**
   * Waits a little for those whose commit has just been answered: they are about to come back, and
   * one sync for all of them is better than two groups that take turns. Whoever is alone waits for
   * nobody.
   */
  private void gather() {
    int missing = expected - waiting.size();
    if (missing > 1) {
      long patience = Math.min(lastCommitNanos / GATHERING_SHARE, LONGEST_GATHERING_NANOS);
      boolean unused = queue.await(missing, patience);
    }
  }

  /** Reckons with those that were just answered besides those that wait. */
  private void expect(int answered, long nanos) {
    expected = queue.size() + waiting.size() + answered;
    lastCommitNanos = nanos;
  }

  private void commit(List<CommitRequest> batch) {
    long started = System.nanoTime();
    long version = clock.beginCommit();
    history.expire(version - WINDOW);
    List<BatchWriter.Accepted> accepted = decide(batch, version);
    if (accepted.isEmpty()) {
      clock.abandon();
      return;
    }
    FaultInjector injector = faults.get();
    if (injector != null) {
      injector.beforeDisk();
    }
    BatchWriter.Written written;
    try {
      written = writer.write(accepted, version);
    } catch (JournalFailure failure) {
      fail(accepted, explain(failure));
      return;
    } catch (TreeFailure failure) {
      fail(accepted, explain(failure));
      return;
    }
    clock.publish(version);
    metrics.committed(accepted.size());
    expect(accepted.size(), System.nanoTime() - started);
    accepted.forEach(one -> one.request().committed(version, one.stamp()));
    List<byte[]> changed = written.changedKeys();
    if (changed != null) {
      watches.changed(changed);
    } else if (watches.any()) {
      watches.recheck(); // a watch may have come while the batch was being written
    }
    writer.answered(written);
  }

  private void fail(List<BatchWriter.Accepted> accepted, EmbeddedException answer) {
    clock.abandon();
    accepted.forEach(one -> one.request().failed(answer));
  }

  private List<BatchWriter.Accepted> decide(List<CommitRequest> batch, long version) {
    ConflictCheck check = new ConflictCheck(history, batch.size() > 1 && someRead(batch));
    List<BatchWriter.Accepted> accepted = new ArrayList<>(batch.size());
    for (CommitRequest request : batch) {
      ErrorCode refusal = check.refusal(request);
      if (refusal != null) {
        metrics.refused(refusal);
        request.failed(
            refusal == ErrorCode.NOT_COMMITTED && request.reportsConflict()
                ? new ConflictException(check.conflicting(request))
                : refusal.exception());
        continue;
      }
      byte[] stamp = VersionstampTemplate.stamp(version, accepted.size());
      check.accept(request, stamp);
      accepted.add(new BatchWriter.Accepted(request, stamp));
    }
    return accepted;
  }

  private static boolean someRead(List<CommitRequest> batch) {
    for (CommitRequest request : batch) {
      if (request.readRanges().length > 0) {
        return true;
      }
    }
    return false;
  }

  private static EmbeddedException explain(JournalFailure failure) {
    if (failure.isUnknown()) {
      LOG.error("Nobody knows whether a commit will be found by a recovery", failure);
      return ErrorCode.COMMIT_UNKNOWN_RESULT.exception(
          "the journal failed; close the database and open it again: " + failure.getMessage());
    }
    return failure.isFull() ? diskFull(failure) : broken(failure);
  }

  private EmbeddedException explain(TreeFailure failure) {
    return switch (failure.kind()) {
      case MAP_FULL ->
          new StoreFullException(
              "The database has reached its maximum size; the transaction was not committed");
      case DISK_FULL -> diskFull(failure);
      case WRITE_FAILED -> DiskRoom.isUsedUp(file) ? diskFull(failure) : broken(failure);
      case BROKEN -> broken(failure);
    };
  }

  private static EmbeddedException diskFull(RuntimeException failure) {
    return new StoreFullException(
        "The disk is full; the transaction was not committed (" + failure.getMessage() + ")");
  }

  private static EmbeddedException broken(RuntimeException failure) {
    LOG.error("A commit failed", failure);
    return ErrorCode.IO_ERROR.exception(String.valueOf(failure.getMessage()));
  }
}

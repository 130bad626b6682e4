package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.journal.Checkpoint;
import io.caisson.fdb.embedded.journal.Journal;
import io.caisson.fdb.embedded.journal.JournalFailure;
import io.caisson.fdb.embedded.journal.JournalPosition;
import io.caisson.fdb.embedded.journal.JournalRecord;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeSnapshot;
import io.caisson.fdb.embedded.tree.TreeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commits durable by the journal, and brings the tree after them to disk by checkpoints.
 *
 * <pre>
 *   committing thread   … commit S │ bring the tree up to S, hold it, turn the journal │ commit S+1 │ …
 *   checkpoint's thread            └→ sync the tree → write the checkpoint file → let the former
 *                                     snapshot go, its journal can be used again
 * </pre>
 *
 * <p>On the disk there is always a checkpoint whose snapshot is held, and the journal from its
 * position on. All methods are the committing thread's, before it begins and after it has ended
 * those of whoever opens and closes the database.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

  private final Path directory;
  private final TreeStore tree;
  private final Journal journal;
  private final JournalLimits limits;
  private final MetricsCounters metrics;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread checkpoint = new Thread(task, "caisson-store-checkpoint");
            checkpoint.setDaemon(true);
            return checkpoint;
          });
  private final boolean relaxed;
  private @Nullable TreeFollower follower;
  private volatile TreeSnapshot durable;
  private volatile @Nullable RuntimeException treeFailure;
  private @Nullable Future<?> running;
  private Written written = new Written(0, 0);
  private volatile Written brought = new Written(0, 0); // what the checkpoint on disk covers
  private long lastNanos = System.nanoTime();
  private long dirtySinceNanos;

  /** Bytes since the database was opened. */
  private record Written(long journal, long tree) {}

  /**
   * Takes over a tree and a journal, and makes the first checkpoint of them.
   *
   * @param former held since before the tree was changed
   * @throws IOException if the checkpoint cannot be written
   */
  Checkpointer(
      Path directory,
      TreeStore tree,
      Journal journal,
      TreeSnapshot former,
      boolean relaxed,
      JournalLimits limits,
      MetricsCounters metrics)
      throws IOException {
    this.directory = directory;
    this.tree = tree;
    this.journal = journal;
    this.durable = former;
    this.relaxed = relaxed;
    this.limits = limits;
    this.metrics = metrics;
    TreeSnapshot first = tree.snapshot();
    try {
      make(first, journal.position(), written);
    } catch (IOException | RuntimeException failure) {
      first.close();
      throw failure;
    }
  }

  /** Commits come into the tree by this from now on. */
  void followedBy(TreeFollower treeFollower) {
    follower = treeFollower;
  }

  // ---- the journal
  // --------------------------------------------------------------------------------------------

  /**
   * Makes a batch durable, as far as this store does so.
   *
   * @throws JournalFailure if that cannot be
   */
  void append(JournalRecord record) {
    RuntimeException failure = treeFailure;
    if (failure != null) {
      throw failure;
    }
    if (isDue(2 * JournalLimits.PATIENCE)) {
      await();
      begin(); // of what one batch may have brought, or what failed before
      await();
      if (isDue(2 * JournalLimits.PATIENCE)) {
        throw JournalFailure.stuck();
      }
    }
    long bytes;
    try {
      bytes = journal.append(record);
    } catch (JournalFailure noRoom) {
      if (noRoom.isFull()) {
        begin(); // the other file may have the room
      }
      throw noRoom;
    }
    if (relaxed && dirtySinceNanos == 0) {
      dirtySinceNanos = System.nanoTime();
    }
    written = new Written(written.journal + bytes, written.tree);
    metrics.journaled(bytes);
  }

  /** What is in the journal is about to be committed to the tree. */
  void beforeTreeCommit() {
    limits.events().beforeTreeCommit();
  }

  /** The batch is in the tree. */
  void treeCommitted() {
    limits.events().treeCommitted();
  }

  /** Takes back a batch that the tree could not take. */
  void takeBack() {
    journal.erase();
  }

  /**
   * A batch is in the journal.
   *
   * @param bytesOfPages about how many bytes the committing thread has written into the tree for it
   */
  void committed(long bytesOfPages) {
    written = new Written(written.journal, written.tree + bytesOfPages);
    syncIfDue();
    if (isDue(1)) {
      begin();
    }
    if (isDue(JournalLimits.PATIENCE)) {
      await();
    }
  }

  private boolean isDue(int times) {
    return written.journal - brought.journal >= times * limits.journalBytes()
        || treeBytes() - brought.tree >= times * limits.treeBytes();
  }

  private long treeBytes() {
    return follower == null ? written.tree : written.tree + follower.writtenBytes();
  }

  private boolean isChanged() {
    return written.journal > brought.journal || treeBytes() > brought.tree;
  }

  private void syncIfDue() {
    if (dirtySinceNanos != 0
        && System.nanoTime() - dirtySinceNanos >= JournalLimits.SYNC_DELAY.toNanos()) {
      dirtySinceNanos = 0;
      try {
        journal.sync();
      } catch (JournalFailure failure) {
        LOG.error("The journal in {} could not be synced and is at its end", directory, failure);
      }
    }
  }

  // ---- when nothing is to be committed
  // ------------------------------------------------------------------------

  /** Nanoseconds until there is something to do even if nothing is committed. */
  long leisureNanos() {
    long now = System.nanoTime();
    long left = Long.MAX_VALUE;
    if (isChanged()) {
      left = Math.max(0, lastNanos + limits.idle().toNanos() - now);
    }
    if (dirtySinceNanos != 0) {
      long sync = Math.max(0, dirtySinceNanos + JournalLimits.SYNC_DELAY.toNanos() - now);
      left = Math.min(left, sync);
    }
    return left;
  }

  /** Does what is due though nothing is committed. */
  void leisure() {
    syncIfDue();
    if (isChanged() && System.nanoTime() - lastNanos >= limits.idle().toNanos()) {
      begin();
      lastNanos = System.nanoTime();
    }
  }

  // ---- checkpoints
  // --------------------------------------------------------------------------------------------

  private boolean isAtRest() {
    return running == null || running.isDone();
  }

  /**
   * Begins a checkpoint of what is committed now, unless one is under way, or there can be none any
   * more.
   */
  private void begin() {
    if (!isAtRest() || treeFailure != null) {
      return;
    }
    lastNanos = System.nanoTime();
    try {
      bringIn();
      journal.turn();
      JournalPosition position = journal.position();
      TreeSnapshot snapshot = tree.snapshot();
      Written covered = new Written(written.journal, treeBytes());
      limits.events().snapshotTaken();
      running = thread.submit(() -> attempt(snapshot, position, covered));
    } catch (IOException | JournalFailure | TreeFailure failure) {
      LOG.warn("A checkpoint of {} could not begin", directory, failure);
    }
  }

  private void bringIn() {
    if (follower != null) {
      follower.bringIn();
    }
  }

  private void attempt(TreeSnapshot snapshot, JournalPosition position, Written covered) {
    try {
      make(snapshot, position, covered);
      return;
    } catch (TreeFailure failure) {
      // What a failed sync was to write may be lost, though a later one succeeds: the journal and
      // the former checkpoint are all there is, and stay.
      LOG.error("The tree in {} could not be brought to disk", directory, failure);
      treeFailure = failure;
    } catch (IOException failure) {
      LOG.warn("A checkpoint of {} could not be written", directory, failure);
    }
    snapshot.close();
  }

  private void make(TreeSnapshot snapshot, JournalPosition position, Written covered)
      throws IOException {
    long started = System.nanoTime();
    limits.events().beforeTreeSync();
    tree.sync();
    limits.events().treeSynced();
    new Checkpoint(position, snapshot.metaPages()).write(directory);
    limits.events().checkpointDurable();
    TreeSnapshot former = durable;
    durable = snapshot;
    former.close();
    journal.dispensable(position);
    brought = covered;
    metrics.checkpointed(System.nanoTime() - started);
  }

  /** Waits until the checkpoint that is under way has ended. */
  private void await() {
    boolean interrupted = false;
    while (!isAtRest()) {
      try {
        Objects.requireNonNull(running).get();
      } catch (InterruptedException wait) {
        interrupted = true;
      } catch (ExecutionException | CancellationException failure) {
        LOG.error("A checkpoint of {} failed", directory, failure);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Brings everything to disk and removes checkpoint and journal, so that the tree alone is the
   * database; if that fails, the next opening recovers.
   */
  @Override
  public void close() {
    await();
    boolean unharmed = !journal.isBroken() && treeFailure == null;
    thread.shutdown();
    try {
      journal.close();
      if (unharmed) {
        bringIn();
        tree.sync();
        limits.events().treeSynced();
        Checkpoint.remove(directory);
      }
    } catch (IOException | TreeFailure failure) {
      LOG.warn("{} was not closed cleanly; the next opening recovers it", directory, failure);
    } finally {
      durable.close();
    }
  }
}

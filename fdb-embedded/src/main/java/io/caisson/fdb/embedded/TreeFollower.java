package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.history.TreeChanges;
import io.caisson.fdb.embedded.journal.DiskEvents;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeStore;
import io.caisson.fdb.embedded.tree.TreeWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings into the tree what was committed to the journal, on a thread of its own, so that nobody
 * who commits waits for the tree's pages, and many batches write a page once.
 *
 * <pre>
 *   committing thread   │ journal S │ answer │ journal S+1 │ answer │ journal S+2 │ …
 *   the tree's thread             └→ changes up to S+1, by key → one commit of the tree → the window
 *                                                                lets go of their values
 * </pre>
 *
 * <p>Until then they are read from the {@link HistoryWindow}. A batch may also go into the tree by
 * the committing thread, which holds this object's monitor meanwhile and has brought in all others
 * before. Thread-safe.
 */
final class TreeFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TreeFollower.class);

  /** How long a batch waits for others to come into the tree with it. */
  private static final long GATHERING_NANOS = 10_000_000;

  /** How long the tree has after it has failed. */
  private static final long REST_NANOS = 500_000_000;

  /** So many bytes of batches do not wait for more. */
  private static final long ENOUGH_BYTES = 1L << 20;

  /** So many bytes of batches may wait, on the heap: a thirty-second part of it, or 16 MiB. */
  private static final long MOST_BYTES =
      Math.max(ENOUGH_BYTES, Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 32));

  /**
   * With less room in the map or on the disk each batch goes into the tree before it is answered.
   */
  private static final long LEAST_ROOM = 256L << 20;

  private final TreeStore tree;
  private final HistoryWindow history;
  private final VersionClock clock;
  private final MetricsCounters metrics;
  private final DiskEvents events;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong writtenBytes = new AtomicLong();
  private volatile boolean hasRoom;
  private volatile boolean failed;
  private volatile boolean closed;
  private volatile boolean idle;
  private volatile @Nullable Thread thread;

  /** Begins with a tree that shows all commits. */
  TreeFollower(
      TreeStore tree,
      HistoryWindow history,
      VersionClock clock,
      MetricsCounters metrics,
      DiskEvents events) {
    this.tree = tree;
    this.history = history;
    this.clock = clock;
    this.metrics = metrics;
    this.events = events;
    this.hasRoom = tree.hasRoomFor(LEAST_ROOM);
  }

  // ---- the committing thread
  // ------------------------------------------------------------------------------------

  /** Whether a batch of so many bytes may be answered before the tree shows it. */
  boolean mayLeave(long bytes) {
    return hasRoom && !failed && bytes <= MOST_BYTES;
  }

  /**
   * Makes room for a batch of so many bytes.
   *
   * @throws TreeFailure if the tree could not take those before it
   */
  void await(long bytes) {
    if (waitingBytes.get() + bytes > MOST_BYTES) {
      bringIn();
    }
  }

  /** A batch of so many bytes was answered that the tree does not show. */
  void left(long bytes) {
    long before = waitingBytes.getAndAdd(bytes);
    if (thread == null) {
      start();
    } else if (idle || (before < ENOUGH_BYTES && before + bytes >= ENOUGH_BYTES)) {
      LockSupport.unpark(thread);
    }
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      Thread following = new Thread(this::run, "caisson-store-tree");
      following.setDaemon(true);
      thread = following;
      following.start();
    }
  }

  // ---- any thread
  // -----------------------------------------------------------------------------------------------

  /** About how many bytes of pages this has written. */
  long writtenBytes() {
    return writtenBytes.get();
  }

  /**
   * Brings into the tree what was committed before the call.
   *
   * @throws TreeFailure if the tree cannot take it; then it stays where it is
   */
  synchronized void bringIn() {
    long bytes = waitingBytes.get();
    long version = clock.published();
    if (version > history.treeVersion()) {
      TreeChanges changes = history.changesUpTo(version);
      try {
        write(changes);
      } catch (TreeFailure failure) {
        failed = true;
        throw failure;
      }
      history.inTree(changes);
    }
    failed = false;
    waitingBytes.addAndGet(-bytes);
  }

  private void write(TreeChanges changes) {
    long started = System.nanoTime();
    boolean done = changes.size() == 0;
    while (!done) {
      try (TreeWriter writer = tree.writer()) {
        for (int i = 0; i < changes.size(); i++) {
          if (changes.before(i) != changes.after(i)) {
            TreeTarget.write(writer, changes.key(i), changes.before(i), changes.after(i));
          }
        }
        events.beforeTreeCommit();
        long pages = writer.writtenBytes();
        writer.commit();
        tree.committed();
        writtenBytes.addAndGet(pages);
        done = true;
      } catch (RuntimeException failure) {
        tree.growAfter(TreeFailure.of(failure));
        metrics.grown();
      }
    }
    events.treeCommitted();
    metrics.followed(System.nanoTime() - started);
    hasRoom = tree.hasRoomFor(LEAST_ROOM);
  }

  // ---- the thread
  // -----------------------------------------------------------------------------------------------

  private void run() {
    while (!closed) {
      if (waitingBytes.get() == 0) {
        idle = true;
        if (waitingBytes.get() == 0 && !closed) {
          LockSupport.park(this);
        }
        idle = false;
        gather();
      } else {
        try {
          bringIn();
          gather();
        } catch (RuntimeException | OutOfMemoryError failure) {
          LOG.warn("The tree takes nothing; what was committed stays in the journal", failure);
          LockSupport.parkNanos(this, REST_NANOS);
        }
      }
    }
  }

  private void gather() {
    long started = System.nanoTime();
    long left = GATHERING_NANOS;
    while (left > 0 && waitingBytes.get() < ENOUGH_BYTES && !closed) {
      LockSupport.parkNanos(this, left);
      left = GATHERING_NANOS - (System.nanoTime() - started);
    }
  }

  /** Ends the thread; what waits is left to {@link #bringIn}. */
  @Override
  public void close() {
    Thread following;
    synchronized (this) {
      closed = true;
      following = thread;
    }
    boolean interrupted = false;
    while (following != null && following.isAlive()) {
      LockSupport.unpark(following);
      try {
        following.join();
      } catch (InterruptedException wait) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.journal.JournalFailure;
import io.caisson.fdb.embedded.journal.JournalRecord;
import io.caisson.fdb.embedded.journal.Mutations;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeStore;
import io.caisson.fdb.embedded.tree.TreeWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of accepted transactions.
 *
 * <pre>
 *   work out, into the history window → journal, synced                       the tree follows
 *   work out, in a transaction of the tree → journal, synced → commit the tree's
 *                    `- again in a larger map --------------------------------'
 * </pre>
 *
 * <p>The first way is that of most batches. The second one is for those that clear ranges, whose
 * keys are found in the tree; that replace more than the window has room for; that come when there
 * is little room left for the tree, so that nothing is acknowledged that it cannot take; and for
 * databases without a journal. Whichever it is, the tree shows nothing that the journal does not
 * hold. If the journal fails, the batch is given up; if the tree fails after it on the second way,
 * the journal's record is taken back.
 *
 * <p>A version ceiling is kept well ahead of the versions in use, so that a reopened database
 * starts above everything it ever gave out without one more write in every commit. The committing
 * thread's.
 */
final class BatchWriter {
  private static final byte[] CEILING = "version-ceiling".getBytes(StandardCharsets.US_ASCII);
  private static final long CEILING_STEP = 60 * VersionClock.PER_SECOND;

  private final TreeStore tree;
  private final HistoryWindow history;
  private final @Nullable Checkpointer checkpointer;
  private final @Nullable TreeFollower follower;
  private final MetricsCounters metrics;
  private final BooleanSupplier anyWatches;
  private final JournalRecord record = new JournalRecord();
  private long ceiling;

  /**
   * A transaction that may commit.
   *
   * @param stamp the versionstamp it gets
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
  record Accepted(CommitRequest request, byte[] stamp) {}

  /**
   * A batch that was written.
   *
   * @param changedKeys which keys, or null if nobody wanted to know
   * @param pageBytes about how many bytes of pages
   * @param aheadBytes bytes that the tree does not show yet
   */
  record Written(@Nullable List<byte[]> changedKeys, long pageBytes, long aheadBytes) {}

  /**
   * Creates a writer.
   *
   * @param checkpointer keeps the journal; null if nothing is to survive
   * @param follower brings batches into the tree; null if there is no journal
   * @param ceiling the version above everything given out so far
   * @param anyWatches whether somebody wants to know which keys change
   */
  BatchWriter(
      TreeStore tree,
      HistoryWindow history,
      @Nullable Checkpointer checkpointer,
      @Nullable TreeFollower follower,
      MetricsCounters metrics,
      long ceiling,
      BooleanSupplier anyWatches) {
    this.tree = tree;
    this.history = history;
    this.checkpointer = checkpointer;
    this.follower = follower;
    this.metrics = metrics;
    this.ceiling = ceiling;
    this.anyWatches = anyWatches;
  }

  /** The version above everything that a database ever gave out. */
  static long storedCeiling(TreeStore tree) {
    byte[] stored = tree.meta(CEILING);
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  /**
   * Writes a batch.
   *
   * @throws JournalFailure if the journal could not take it, or not give it back
   * @throws TreeFailure if the tree could not take it, or those before it
   */
  Written write(List<Accepted> accepted, long version) {
    List<byte[]> changed = anyWatches.getAsBoolean() ? new ArrayList<>() : null;
    Batch batch = new Batch(accepted, version, changed);
    history.begin(version);
    boolean written = false;
    try {
      if (!batch.writeAhead()) {
        batch.writeIntoTree();
      }
      written = true;
    } finally {
      if (!written) {
        history.revoke();
      }
    }
    ceiling = batch.newCeiling;
    return new Written(changed, batch.pageBytes, batch.aheadBytes);
  }

  /** Everybody was told of a batch; now there is time for what it entails. */
  void answered(Written written) {
    if (follower != null && written.aheadBytes > 0) {
      follower.left(written.aheadBytes);
    }
    if (checkpointer != null) {
      checkpointer.committed(written.pageBytes);
    }
  }

  /** Nanoseconds until there is something to do even if nothing is committed. */
  long leisureNanos() {
    return checkpointer == null ? Long.MAX_VALUE : checkpointer.leisureNanos();
  }

  /** Does what is due though nothing is committed. */
  void leisure() {
    if (checkpointer != null) {
      checkpointer.leisure();
    }
  }

  /** A batch on its way into the journal, once, and into the tree, now or later. */
  private final class Batch {
    private final List<Accepted> accepted;
    private final long version;
    private final long bytes;
    private final long newCeiling;
    private final @Nullable List<byte[]> changed;
    private boolean journaled;
    private long pageBytes;
    private long aheadBytes;

    Batch(List<Accepted> accepted, long version, @Nullable List<byte[]> changed) {
      this.accepted = accepted;
      this.version = version;
      this.changed = changed;
      this.newCeiling = version + CEILING_STEP / 2 > ceiling ? version + CEILING_STEP : ceiling;
      long sum = 0;
      for (Accepted one : accepted) {
        sum += one.request.bytes();
      }
      this.bytes = sum;
    }

    /**
     * Journals the batch and leaves the tree to follow.
     *
     * @return false, with nothing journaled, if this is not a batch for that
     */
    boolean writeAhead() {
      if (follower == null
          || checkpointer == null
          || newCeiling != ceiling
          || !follower.mayLeave(bytes)
          || clearsRanges()) {
        return false;
      }
      follower.await(bytes);
      record.begin(version);
      try (HistoryTarget target = new HistoryTarget(tree, history, record, this::note)) {
        TransactionApplier applier = applier(target);
        for (Accepted one : accepted) {
          applier.apply(one.request, one.stamp);
          if (history.isFull()) {
            return false;
          }
        }
      }
      history.seal();
      long started = System.nanoTime();
      checkpointer.append(record);
      metrics.synced(System.nanoTime() - started);
      aheadBytes = Math.max(1, bytes);
      return true;
    }

    private boolean clearsRanges() {
      for (Accepted one : accepted) {
        if (!one.request.writes().cleared().isEmpty()) {
          return true;
        }
      }
      return false;
    }

    /** Journals the batch and commits it to the tree, growing the map as often as that takes. */
    void writeIntoTree() {
      if (follower == null) {
        attempt();
        return;
      }
      synchronized (follower) {
        follower.bringIn();
        attempt();
      }
    }

    private void attempt() {
      try {
        while (!tryIntoTree()) {
          metrics.grown();
        }
        tree.committed();
      } catch (TreeFailure failure) {
        if (journaled && checkpointer != null) {
          checkpointer.takeBack();
        }
        throw failure;
      } finally {
        history.inTree(version); // whether the batch is in it, or is nothing
      }
    }

    private boolean tryIntoTree() {
      try (TreeWriter writer = tree.writer()) {
        boolean recording = checkpointer != null && !journaled;
        if (recording) {
          record.begin(version);
        }
        Mutations target = recording ? record : Mutations.NONE;
        apply(new TreeTarget(writer, history, target, this::note));
        if (newCeiling != ceiling) {
          byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(newCeiling).array();
          writer.putMeta(CEILING, value);
          target.note(CEILING, value);
        }
        history.seal();
        long started = System.nanoTime();
        if (recording && checkpointer != null) {
          checkpointer.append(record);
          journaled = true;
          checkpointer.beforeTreeCommit();
        }
        pageBytes = writer.writtenBytes();
        writer.commit();
        metrics.synced(System.nanoTime() - started);
        if (checkpointer != null) {
          checkpointer.treeCommitted();
        }
        return true;
      } catch (JournalFailure failure) {
        throw failure;
      } catch (RuntimeException failure) {
        tree.growAfter(TreeFailure.of(failure));
        return false;
      }
    }

    private void apply(TreeTarget target) {
      TransactionApplier applier = applier(target);
      for (Accepted one : accepted) {
        one.request.writes().cleared().forEach(target::clear);
        applier.apply(one.request, one.stamp);
      }
    }

    private TransactionApplier applier(BatchTarget target) {
      if (changed != null) {
        changed.clear();
      }
      return new TransactionApplier(target, history);
    }

    private void note(byte[] key) {
      if (changed != null) {
        changed.add(key);
      }
    }
  }
}

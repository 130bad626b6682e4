package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.journal.JournalFailure;
import io.caisson.fdb.embedded.journal.JournalRecord;
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
 *   record history → apply to a transaction of the tree → journal, synced → commit the tree's
 *                    `- again in a larger map -------------------------------'
 * </pre>
 *
 * <p>The tree shows nothing that the journal does not hold. If the journal fails, the tree's
 * transaction is given up; if the tree fails after it, the journal's record is taken back.
 *
 * <p>A version ceiling is kept in the tree well ahead of the versions in use, so that a reopened
 * database starts above everything it ever gave out without one more write in every commit. The
 * committing thread's.
 */
final class BatchWriter {
  private static final byte[] CEILING = "version-ceiling".getBytes(StandardCharsets.US_ASCII);
  private static final long CEILING_STEP = 60 * VersionClock.PER_SECOND;

  private final TreeStore tree;
  private final HistoryWindow history;
  private final @Nullable Checkpointer checkpointer;
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
   */
  record Written(@Nullable List<byte[]> changedKeys, long pageBytes) {}

  /**
   * Creates a writer.
   *
   * @param checkpointer keeps the journal; null if nothing is to survive
   * @param ceiling the version above everything given out so far
   * @param anyWatches whether somebody wants to know which keys change
   */
  BatchWriter(
      TreeStore tree,
      HistoryWindow history,
      @Nullable Checkpointer checkpointer,
      MetricsCounters metrics,
      long ceiling,
      BooleanSupplier anyWatches) {
    this.tree = tree;
    this.history = history;
    this.checkpointer = checkpointer;
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
   * Writes a batch, growing the map as often as that takes.
   *
   * @throws JournalFailure if the journal could not take it, or not give it back
   * @throws TreeFailure if the tree could not take it
   */
  Written write(List<Accepted> accepted, long version) {
    List<byte[]> changed = anyWatches.getAsBoolean() ? new ArrayList<>() : null;
    long newCeiling = version + CEILING_STEP / 2 > ceiling ? version + CEILING_STEP : ceiling;
    Attempt attempt = new Attempt(accepted, version, newCeiling, changed);
    history.begin(version);
    try {
      while (!attempt.done) {
        attempt.run();
      }
    } catch (TreeFailure failure) {
      if (attempt.journaled && checkpointer != null) {
        checkpointer.takeBack();
      }
      throw failure;
    }
    ceiling = newCeiling;
    tree.committed();
    return new Written(changed, attempt.pageBytes);
  }

  /** Everybody was told of a batch; now there is time for what it entails. */
  void answered(Written written) {
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

  /**
   * A batch on its way into journal and tree, the one once, the other until the map is large
   * enough.
   */
  private final class Attempt {
    private final List<Accepted> accepted;
    private final long version;
    private final long newCeiling;
    private final @Nullable List<byte[]> changed;
    private boolean journaled;
    private boolean done;
    private long pageBytes;

    Attempt(
        List<Accepted> accepted, long version, long newCeiling, @Nullable List<byte[]> changed) {
      this.accepted = accepted;
      this.version = version;
      this.newCeiling = newCeiling;
      this.changed = changed;
    }

    void run() {
      try (TreeWriter writer = tree.writer()) {
        apply(writer);
        history.seal();
        long started = System.nanoTime();
        if (checkpointer != null && !journaled) {
          checkpointer.append(record);
          journaled = true;
          checkpointer.beforeTreeCommit();
        }
        pageBytes = writer.writtenBytes();
        writer.commit();
        metrics.synced(System.nanoTime() - started);
        done = true;
      } catch (JournalFailure failure) {
        throw failure;
      } catch (RuntimeException failure) {
        TreeFailure reason = TreeFailure.of(failure);
        if (reason.kind() != TreeFailure.Kind.MAP_FULL || !tree.grow()) {
          throw reason;
        }
        metrics.grown();
      }
    }

    private void apply(TreeWriter writer) {
      boolean recording = checkpointer != null && !journaled;
      if (changed != null) {
        changed.clear();
      }
      if (recording) {
        record.begin(version);
      }
      TransactionApplier applier =
          new TransactionApplier(writer, history, recording ? record : null, this::note);
      for (Accepted one : accepted) {
        applier.apply(one.request, one.stamp);
      }
      if (newCeiling != ceiling) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(newCeiling).array();
        writer.putMeta(CEILING, value);
        if (recording) {
          record.note(CEILING, value);
        }
      }
    }

    private void note(byte[] key) {
      if (changed != null) {
        changed.add(key);
      }
    }
  }
}

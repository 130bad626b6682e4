package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.StoreOpenException.Reason;
import io.caisson.fdb.embedded.journal.Checkpoint;
import io.caisson.fdb.embedded.journal.Journal;
import io.caisson.fdb.embedded.journal.JournalFailure;
import io.caisson.fdb.embedded.journal.JournalPosition;
import io.caisson.fdb.embedded.journal.JournalReader;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeSnapshot;
import io.caisson.fdb.embedded.tree.TreeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.EnvFlags;

/**
 * Opens the tree of a directory, and recovers it first if it was not closed.
 *
 * <pre>
 *   no checkpoint file    the tree is the database: new, closed, or without a journal
 *   a checkpoint file     put its meta pages back → open the tree, which shows its snapshot
 *                         → do again what the journal says from its position on → next checkpoint
 * </pre>
 *
 * <p>A recovery changes neither checkpoint nor journal and none of the snapshot's pages before the
 * next checkpoint is on disk; so one that is cut short is begun again. One thread.
 */
final class StoreOpening {
  /** The engine's own entries in the tree: its version ceiling and the number of samples. */
  static final int NOTES = 2;

  private static final List<EnvFlags> UNSYNCED =
      List.of(EnvFlags.MDB_NOSYNC, EnvFlags.MDB_NOMETASYNC);

  private final StoreDirectory directory;
  private final EmbeddedOptions options;
  private final JournalLimits limits;
  private final MetricsCounters metrics;

  private StoreOpening(
      StoreDirectory directory,
      EmbeddedOptions options,
      JournalLimits limits,
      MetricsCounters metrics) {
    this.directory = directory;
    this.options = options;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * What was opened.
   *
   * @param checkpointer keeps the journal, or null if there is none
   */
  record Opened(TreeStore tree, @Nullable Checkpointer checkpointer, MetricsCounters metrics) {}

  static Opened open(StoreDirectory directory, EmbeddedOptions options, JournalLimits limits) {
    return new StoreOpening(directory, options, limits, new MetricsCounters()).open();
  }

  private Opened open() {
    try {
      Checkpoint checkpoint = Checkpoint.read(directory.path());
      if (checkpoint != null) {
        restore(checkpoint);
      }
      TreeStore tree = openTree();
      try {
        return new Opened(tree, withJournal(tree, checkpoint), metrics);
      } catch (IOException | RuntimeException failure) {
        tree.close();
        throw failure;
      }
    } catch (Checkpoint.DamagedException damaged) {
      throw failure(Reason.DAMAGED, "is damaged: " + damaged.getMessage(), damaged);
    } catch (IOException failure) {
      throw unreadable(failure);
    } catch (TreeFailure failure) {
      throw explain(failure);
    }
  }

  private void restore(Checkpoint checkpoint) throws IOException {
    if (!Files.exists(directory.store())) {
      throw failure(Reason.DAMAGED, "is damaged: it has a checkpoint, but no tree", null);
    }
    try {
      TreeSnapshot.restore(directory.store(), checkpoint.metaPages());
    } catch (IOException foreign) {
      throw failure(Reason.DAMAGED, "is damaged: " + foreign.getMessage(), foreign);
    }
  }

  private TreeStore openTree() throws IOException {
    long present = Files.exists(directory.store()) ? Files.size(directory.store()) : 0;
    long map = Math.max(options.initialMapBytes(), present);
    TreeStore tree =
        TreeStore.open(directory.store(), map, Math.max(options.maximumBytes(), present), UNSYNCED);
    long used = tree.statistics(NOTES).usedBytes();
    if (present > 0 && present < used) {
      tree.close();
      throw failure(
          Reason.DAMAGED,
          "is damaged: the file has " + present + " bytes, its tree needs " + used,
          null);
    }
    return tree;
  }

  /** Recovers what a journal holds, and begins the next one if there is to be one. */
  private @Nullable Checkpointer withJournal(TreeStore tree, @Nullable Checkpoint checkpoint)
      throws IOException {
    boolean journaled = options.durability() != Durability.MEMORY;
    if (checkpoint == null) {
      Checkpoint.remove(directory.path()); // the journal of a database that was being closed
      return journaled ? begin(tree, tree.snapshot(), JournalPosition.FIRST) : null;
    }
    TreeSnapshot former = tree.snapshot();
    Checkpointer recovered;
    try {
      TreeReplay replay = new TreeReplay(tree);
      JournalPosition end =
          JournalReader.read(directory.path(), checkpoint.position(), replay::add);
      replay.finish();
      recovered = begin(tree, former, end.afterRecovery(checkpoint.position()));
    } catch (IOException | RuntimeException failure) {
      former.close();
      throw failure;
    }
    if (journaled) {
      return recovered;
    }
    recovered.close();
    return null;
  }

  private Checkpointer begin(TreeStore tree, TreeSnapshot former, JournalPosition start)
      throws IOException {
    boolean relaxed = options.durability() == Durability.RELAXED;
    Journal journal = new Journal(directory.path(), start, !relaxed, limits.events());
    try {
      return new Checkpointer(directory.path(), tree, journal, former, relaxed, limits, metrics);
    } catch (IOException | RuntimeException failure) {
      journal.close();
      former.close();
      throw failure;
    }
  }

  private StoreOpenException unreadable(IOException failure) {
    return JournalFailure.isFull(failure)
        ? failure(Reason.DISK_FULL, "has no room to recover: " + failure.getMessage(), failure)
        : failure(Reason.IO_ERROR, "could not be read: " + failure, failure);
  }

  private StoreOpenException explain(TreeFailure failure) {
    String text = String.valueOf(failure.getMessage());
    boolean full =
        failure.kind() == TreeFailure.Kind.DISK_FULL
            || failure.kind() == TreeFailure.Kind.MAP_FULL
            || (failure.kind() == TreeFailure.Kind.WRITE_FAILED
                && DiskRoom.isUsedUp(directory.store()));
    if (full) {
      return failure(Reason.DISK_FULL, "has no room for a database: " + text, failure);
    }
    if (text.contains("EACCES") || text.contains("EPERM") || text.contains("EROFS")) {
      return failure(
          Reason.NO_PERMISSION,
          "holds files that may not be read or written by this user",
          failure);
    }
    return failure(Reason.DAMAGED, "is damaged: " + text, failure);
  }

  private StoreOpenException failure(Reason reason, String what, @Nullable Throwable cause) {
    return StoreDirectory.failure(reason, directory.path(), what, cause);
  }
}

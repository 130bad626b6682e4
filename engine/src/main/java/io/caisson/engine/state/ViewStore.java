package io.caisson.engine.state;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.dataflow.arrangement.BlockReader;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.run.DroppedRuns;
import io.caisson.model.run.ManifestStore;
import io.caisson.model.run.RunKey;
import io.caisson.model.run.RunStore;
import io.caisson.model.stream.StepLog;
import io.caisson.model.subscription.CursorStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;

/**
 * Where the views of a database keep their state, with the often used blocks in memory.
 * Thread-safe.
 */
public final class ViewStore {
  private final RunStore runs;
  private final ManifestStore manifests;
  private final DroppedRuns dropped;
  private final StepLog steps;
  private final CursorStore cursors;
  private final TransactionRunner runner;
  private final Executor executor;
  private final Clock clock;
  private final UUID owner = UUID.randomUUID();
  private final ViewMemory.Share memory;

  /**
   * The state of a database's views.
   *
   * @param keyspace the database
   * @param runner runs its transactions
   * @param executor hands on what was read
   * @param memory what its views may take of the process's memory
   * @param clock the time
   */
  public ViewStore(
      DatabaseKeyspace keyspace,
      TransactionRunner runner,
      Executor executor,
      ViewMemory.Share memory,
      Clock clock) {
    this.memory = memory;
    runs = new RunStore(keyspace);
    manifests = new ManifestStore(keyspace);
    dropped = new DroppedRuns(keyspace);
    steps = new StepLog(keyspace);
    cursors = new CursorStore(keyspace);
    this.runner = runner;
    this.executor = executor;
    this.clock = clock;
  }

  /** What names this process as the keeper of the views. */
  UUID owner() {
    return owner;
  }

  TransactionRunner runner() {
    return runner;
  }

  RunStore runs() {
    return runs;
  }

  ManifestStore manifests() {
    return manifests;
  }

  StepLog steps() {
    return steps;
  }

  CursorStore cursors() {
    return cursors;
  }

  /** What its views take of the process's memory. */
  public ViewMemory.Share memory() {
    return memory;
  }

  Clock clock() {
    return clock;
  }

  /** What a view will never need again: how far its last checkpoint has come. */
  public ViewProgress stored(ReadTransaction transaction, long view) {
    return manifests
        .read(transaction, view)
        .filter(manifest -> manifest.body().length > 0)
        .map(manifest -> ViewManifest.decode(manifest.body()).progress())
        .orElse(ViewProgress.NONE);
  }

  /**
   * Clears the blocks of views that were dropped, page by page.
   *
   * @param free whether a view is read no longer
   */
  public void sweep(LongPredicate free) {
    for (long view : runner.read(transaction -> dropped.all(transaction.snapshot()))) {
      boolean more = free.test(view);
      while (more) {
        more = runner.run(transaction -> dropped.clearPage(transaction, view));
      }
    }
  }

  /** Reads the blocks of an arrangement. */
  BlockReader reader(long view, long arrangement) {
    return (run, block) -> {
      var key = new RunKey(view, arrangement, run);
      return memory.block(key, block, () -> read(key, block));
    };
  }

  private byte[] read(RunKey run, int block) {
    return runner.read(
        transaction -> runs.get(transaction.snapshot(), run, block, executor).join());
  }
}

package io.caisson.model.run;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.Corruption;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Blocks of the sorted runs that views keep their state in. What is in a block is its writer's
 * affair. Thread-safe.
 *
 * <pre>
 * (view, arrangement, run, block) → bytes
 * </pre>
 *
 * Runs are immutable and become current only by the manifest ({@link ManifestStore}); they are
 * written in as many transactions as it takes, and those that no manifest names are leftovers.
 */
public final class RunStore {
  /** No block is longer. */
  public static final int LONGEST_BLOCK = 90 << 10;

  private final Subspace runs;

  /** The runs of a database's views. */
  public RunStore(DatabaseKeyspace keyspace) {
    this.runs = keyspace.runs();
  }

  private byte[] key(RunKey run, int block) {
    return runs.pack(Tuple.from(run.view(), run.arrangement(), run.run(), block));
  }

  /**
   * Writes a block.
   *
   * @throws CaissonException ROW_TOO_LARGE, if it is longer than {@link #LONGEST_BLOCK}
   */
  public void put(Transaction transaction, RunKey run, int block, byte[] bytes) {
    if (bytes.length > LONGEST_BLOCK) {
      throw new CaissonException(
          SqlState.ROW_TOO_LARGE,
          "A block of a view's state takes "
              + bytes.length
              + " bytes, more than the "
              + LONGEST_BLOCK
              + " that it may");
    }
    transaction.set(key(run, block), bytes);
  }

  /**
   * Reads a block. Runs never change, so nothing is gained by a conflict: pass a snapshot.
   *
   * @param executor on which the result is handed on
   * @return the block's bytes; fails with DATA_CORRUPTED where it is missing
   */
  public CompletableFuture<byte[]> get(
      ReadTransaction transaction, RunKey run, int block, Executor executor) {
    return transaction
        .get(key(run, block))
        .thenApplyAsync(
            bytes -> {
              if (bytes == null) {
                throw Corruption.of(
                    "Block " + block + " of run " + run.run() + " of view " + run.view(),
                    "it is missing",
                    null);
              }
              return bytes;
            },
            executor);
  }

  /** Removes a run with all its blocks. */
  public void delete(Transaction transaction, RunKey run) {
    transaction.clear(runs.range(Tuple.from(run.view(), run.arrangement(), run.run())));
  }

  /**
   * Removes some blocks of a run.
   *
   * @param from the number of the first
   * @param to the number behind the last
   */
  public void delete(Transaction transaction, RunKey run, int from, int to) {
    transaction.clear(key(run, from), key(run, to));
  }

  /** All runs of a view that have any block, also those that no manifest names. */
  public Set<RunKey> list(ReadTransaction transaction, long view) {
    var found = new HashSet<RunKey>();
    Range range = runs.range(Tuple.from(view));
    byte[] begin = range.begin;
    while (true) {
      // One key a run: its first block says that it is there, the others are skipped.
      var first =
          transaction.getRange(begin, range.end, 1, false, StreamingMode.EXACT).asList().join();
      if (first.isEmpty()) {
        return found;
      }
      KeyValue entry = first.get(0);
      Tuple key = runs.unpack(entry.getKey());
      var run = new RunKey(view, key.getLong(1), key.getLong(2));
      found.add(run);
      begin = runs.range(Tuple.from(view, run.arrangement(), run.run())).end;
    }
  }
}

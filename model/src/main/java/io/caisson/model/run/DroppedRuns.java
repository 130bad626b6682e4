package io.caisson.model.run;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.List;

/**
 * The views that were dropped and whose runs are still there: a drop only notes them, so that it
 * costs little and takes nothing away from who reads them at the moment. They are cleared page by
 * page later. Thread-safe.
 *
 * <pre>
 * catalog ("dropped view", view) → nothing
 * </pre>
 */
public final class DroppedRuns {
  /** Blocks that go in one transaction: about a megabyte. */
  private static final int PAGE_BLOCKS = 16;

  private final Subspace notes;
  private final Subspace runs;

  /** The dropped views of a database. */
  public DroppedRuns(DatabaseKeyspace keyspace) {
    notes = keyspace.catalog().get("dropped view");
    runs = keyspace.runs();
  }

  /** Notes that a view is dropped. */
  public void note(Transaction transaction, long view) {
    transaction.set(notes.pack(view), new byte[0]);
  }

  /** The numbers of all that are noted. */
  public List<Long> all(ReadTransaction transaction) {
    return transaction
        .getRange(notes.range(), ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.WANT_ALL)
        .asList()
        .join()
        .stream()
        .map(entry -> notes.unpack(entry.getKey()).getLong(0))
        .toList();
  }

  /**
   * Clears a page of a view's blocks; with the last one the note goes too.
   *
   * @return whether there may be more
   */
  public boolean clearPage(Transaction transaction, long view) {
    Range range = runs.range(Tuple.from(view));
    List<KeyValue> first =
        transaction.getRange(range, 1, false, StreamingMode.EXACT).asList().join();
    if (first.isEmpty()) {
      transaction.clear(notes.pack(view));
      return false;
    }
    Tuple key = runs.unpack(first.get(0).getKey());
    long arrangement = key.getLong(1);
    long run = key.getLong(2);
    long block = key.getLong(3);
    transaction.clear(
        first.get(0).getKey(), runs.pack(Tuple.from(view, arrangement, run, block + PAGE_BLOCKS)));
    return true;
  }
}

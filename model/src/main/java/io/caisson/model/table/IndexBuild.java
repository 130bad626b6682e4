package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.model.change.RelationPage;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Enters the rows of a table into a new index, a page in each transaction. Writers maintain the
 * index from the moment it is in the catalog, so that it is complete when the last page is; how far
 * the build has come is kept beside the data and survives a crash. A page reads its rows so that it
 * conflicts with whoever changes them. Thread-safe.
 *
 * <pre>
 * state (table, "index", index) → (rows entered, key of the last of them)
 * </pre>
 */
public final class IndexBuild {
  private final TableStore store;
  private final Subspace state;

  /** Builds of the indexes of a database. */
  public IndexBuild(DatabaseKeyspace keyspace, TableStore store) {
    this.store = store;
    this.state = keyspace.state();
  }

  /**
   * How far a build has come.
   *
   * @param rows how many rows were entered
   * @param last the key of the last one, or null before the first
   */
  public record Progress(long rows, byte @Nullable [] last) {}

  /** How far a build has come. */
  public Progress progress(
      ReadTransaction transaction, TableDefinition table, IndexDefinition index) {
    byte[] value = transaction.get(key(table, index)).join();
    if (value == null) {
      return new Progress(0, null);
    }
    Tuple stored = Tuple.fromBytes(value);
    return new Progress(stored.getLong(0), stored.getBytes(1));
  }

  private byte[] key(TableDefinition table, IndexDefinition index) {
    return state.pack(Tuple.from(table.id(), "index", index.id()));
  }

  /**
   * Enters the next page of a table.
   *
   * @param byteBudget about how many bytes of rows to read
   * @return whether rows are left
   * @throws io.caisson.error.CaissonException UNIQUE_VIOLATION, where two rows have the same key
   */
  public boolean enter(
      Transaction transaction, TableDefinition table, IndexDefinition index, int byteBudget) {
    return enter(
        transaction,
        table,
        index,
        after -> store.page(transaction, table, KeyRange.ALL, after, byteBudget));
  }

  /** Reads a page of rows in the order of their keys. */
  @FunctionalInterface
  public interface Pages {
    /** The page behind what the one before said comes next; null for the first. */
    RelationPage behind(byte @Nullable [] after);
  }

  /**
   * Enters the next page of rows that another store keeps.
   *
   * @param pages reads a page of them in this transaction
   * @return whether rows are left
   * @throws io.caisson.error.CaissonException UNIQUE_VIOLATION, where two rows have the same key
   */
  public boolean enter(
      Transaction transaction, TableDefinition table, IndexDefinition index, Pages pages) {
    Progress progress = progress(transaction, table, index);
    RelationPage page = pages.behind(progress.last());
    enter(transaction, table, index, page.rows());
    byte[] next = page.next();
    if (next != null) {
      long rows = progress.rows() + page.rows().size();
      transaction.set(key(table, index), Tuple.from(rows, next).pack());
    } else {
      forget(transaction, table, index);
    }
    return next != null;
  }

  /** Forgets how far a build has come. */
  public void forget(Transaction transaction, TableDefinition table, IndexDefinition index) {
    transaction.clear(key(table, index));
  }

  private void enter(
      Transaction transaction, TableDefinition table, IndexDefinition index, Columns rows) {
    List<IndexLayout.Entry> entries = store.entries(store.layout(table, index), table, rows);
    List<CompletableFuture<List<KeyValue>>> found = new ArrayList<>();
    for (IndexLayout.Entry entry : entries) {
      byte[] begin = entry.unique() ? entry.values() : entry.key();
      found.add(transaction.getRange(begin, KeyElements.behind(begin), 2).asList());
    }
    long bytes = 0;
    int added = 0;
    var seen = new java.util.HashSet<java.nio.ByteBuffer>();
    for (int row = 0; row < entries.size(); row++) {
      IndexLayout.Entry entry = entries.get(row);
      boolean there = false;
      boolean taken = entry.unique() && !seen.add(java.nio.ByteBuffer.wrap(entry.values()));
      for (KeyValue other : found.get(row).join()) {
        boolean own = Arrays.equals(other.getKey(), entry.key());
        there |= own;
        taken |= entry.unique() && !own;
      }
      if (taken) {
        throw RowChanges.duplicate(index.name(), RowChanges.keyText(table, index, rows, row));
      }
      if (!there) {
        transaction.set(entry.key(), entry.value());
        bytes += entry.value().length;
        added++;
      }
    }
    store.count(transaction, table, index.id(), new Counts(0, bytes, added));
  }
}

package io.caisson.model.table;

import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.model.keyspace.DatabaseKeyspace;

/**
 * Numbers for identity columns, given out in blocks. Thread-safe.
 *
 * <pre>
 * state (table, "numbers", column) → the first number that was not given out
 * </pre>
 */
public final class NumberStore {
  private static final long FIRST = 1;

  private final Subspace state;

  /** The numbers of a database. */
  public NumberStore(DatabaseKeyspace keyspace) {
    this.state = keyspace.state();
  }

  /**
   * Reserves numbers that nobody had before.
   *
   * @param table the table's number
   * @param column the column's number
   * @param count how many
   * @return the first of them
   */
  public long reserve(Transaction transaction, long table, int column, int count) {
    byte[] key = state.pack(Tuple.from(table, "numbers", column));
    byte[] value = transaction.get(key).join();
    long first = value == null ? FIRST : Tuple.fromBytes(value).getLong(0);
    transaction.set(key, Tuple.from(Math.addExact(first, count)).pack());
    return first;
  }
}

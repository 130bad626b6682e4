package io.caisson.model.subscription;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Up to where subscriptions are acknowledged, and up to where changes of views are written down for
 * them. Thread-safe.
 *
 * <pre>
 * (subscription, incarnation) → whether it begins with a snapshot, version
 * (view, incarnation)         → version
 * </pre>
 */
public final class CursorStore {
  private final Subspace cursors;
  private final long incarnation;

  /** The cursors of a database. */
  public CursorStore(DatabaseKeyspace keyspace) {
    this.cursors = keyspace.cursors();
    this.incarnation = keyspace.incarnation();
  }

  private byte[] key(long object) {
    return cursors.pack(Tuple.from(object, incarnation));
  }

  /** The cursor of a subscription; empty where it has none in this life of the database. */
  public Optional<Cursor> read(ReadTransaction transaction, long subscription) {
    return Optional.ofNullable(transaction.get(key(subscription)).join())
        .map(Tuple::fromBytes)
        .map(value -> new Cursor(value.getBoolean(0), value.getLong(1)));
  }

  /** Sets the cursor of a subscription. */
  public void write(Transaction transaction, long subscription, Cursor cursor) {
    transaction.set(key(subscription), Tuple.from(cursor.snapshot(), cursor.version()).pack());
  }

  /** Up to which version the changes of a view are written down; empty where they are not. */
  public OptionalLong logged(ReadTransaction transaction, long view) {
    byte[] value = transaction.get(key(view)).join();
    return value == null
        ? OptionalLong.empty()
        : OptionalLong.of(Tuple.fromBytes(value).getLong(0));
  }

  /** Notes up to which version the changes of a view are written down. */
  public void setLogged(Transaction transaction, long view, long version) {
    transaction.set(key(view), Tuple.from(version).pack());
  }
}

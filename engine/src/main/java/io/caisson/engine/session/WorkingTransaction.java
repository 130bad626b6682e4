package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.table.TableStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store transaction as statements use it, and what they have written in it. The store shows a
 * transaction its own rows of tables; blocks of streams have no key before the commit, so that they
 * are kept here too. For one thread.
 */
final class WorkingTransaction {
  private final SessionServices.Stores stores;
  private final Transaction transaction;
  private final Map<Long, List<Columns>> appended = new HashMap<>();
  private final Set<Long> written = new HashSet<>();
  private boolean begun;

  WorkingTransaction(SessionServices.Stores stores, Transaction transaction) {
    this.stores = stores;
    this.transaction = transaction;
  }

  /** The store's transaction; whoever asks for it may read, which fixes the version. */
  Transaction transaction() {
    begun = true;
    return transaction;
  }

  /** The version at which the transaction reads. */
  long version() {
    return transaction().getReadVersion().join();
  }

  /** Lets the transaction read at a version; false where it has read already. */
  boolean readAt(long version) {
    if (begun) {
      return false;
    }
    transaction().setReadVersion(version);
    return true;
  }

  /** Whether nothing has been done with it yet. */
  boolean untouched() {
    return !begun;
  }

  /** Whether it has written into an object. */
  boolean wrote(CatalogObject object) {
    return written.contains(object.id());
  }

  /** Whether it has written anything. */
  boolean wrote() {
    return !written.isEmpty();
  }

  /** The rows that it has appended to a stream. */
  List<Columns> appended(CatalogObject stream) {
    return List.copyOf(appended.getOrDefault(stream.id(), List.of()));
  }

  /** The stored rows that have the keys of given ones. */
  TableStore.Matching matching(TableDefinition table, Columns rows) {
    return stores.tables().matching(transaction(), table, rows);
  }

  private void append(StreamDefinition stream, Columns rows) {
    var unused = stores.streamLog().append(transaction(), stream, rows);
    appended.computeIfAbsent(stream.id(), id -> new ArrayList<>()).add(rows);
  }

  /** Adds rows to whatever takes any. */
  void insert(CatalogObject target, Columns rows) {
    if (target instanceof StreamDefinition stream) {
      append(stream, rows);
    } else if (target instanceof TableDefinition table) {
      stores.tables().insert(transaction(), table, rows);
    } else if (target instanceof CollectionDefinition collection) {
      stores.documents().insert(transaction(), collection, rows);
    } else if (target instanceof BucketDefinition bucket) {
      stores.buckets().insert(transaction(), bucket, rows);
    } else if (target instanceof RecordTableDefinition table) {
      stores.records().insert(transaction(), table, rows);
    } else {
      throw new CaissonException(
          SqlState.WRONG_OBJECT_TYPE,
          "cannot insert into \"" + target.name() + "\": it is a " + target.kind());
    }
    written.add(target.id());
  }

  void update(TableDefinition table, Columns before, Columns after) {
    stores.tables().update(transaction(), table, before, after);
    written.add(table.id());
  }

  void delete(TableDefinition table, Columns rows) {
    stores.tables().delete(transaction(), table, rows);
    written.add(table.id());
  }

  void truncate(TableDefinition table) {
    stores.tables().truncate(transaction(), table);
    written.add(table.id());
  }
}

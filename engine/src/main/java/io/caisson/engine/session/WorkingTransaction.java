package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TableRead;
import io.caisson.model.table.TableStore;
import io.caisson.sql.write.ConflictKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store transaction as statements use it, and what they have written in it. The store shows a
 * transaction its own rows of tables; blocks of streams have no key before the commit, so that they
 * are kept here too. For one thread.
 */
final class WorkingTransaction {
  private final SessionServices services;
  private final SessionServices.Stores stores;
  private final Transaction transaction;
  private final Map<Long, List<Columns>> appended = new HashMap<>();
  private final Set<Long> written = new HashSet<>();
  private boolean begun;

  WorkingTransaction(SessionServices services, Transaction transaction) {
    this.services = services;
    this.stores = services.stores();
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
  TableStore.Matching matching(TableDefinition table, ConflictKey key, Columns rows) {
    IndexDefinition index = key.index();
    if (index == null) {
      return stores.tables().matching(transaction(), table, rows);
    }
    Columns found = RowSets.rows(rows, List.of());
    int[] places = new int[rows.size()];
    for (int row = 0; row < places.length; row++) {
      places[row] = -1;
      if (!RowSets.hasNull(rows, key.columns(), row)) {
        var part = new KeyRange(RowSets.physical(table, rows, key.columns(), row), null, null);
        var read = new TableRead(index, List.of(part), false, 1, false);
        Iterator<Columns> one = stores.tables().scan(transaction(), table, read);
        if (one.hasNext()) {
          places[row] = found.size();
          found = RowSets.behind(found, one.next());
        }
      }
    }
    return new TableStore.Matching(found, places);
  }

  /**
   * Makes whole rows of what was given of them.
   *
   * @param positions the positions of the columns that were given, in their order
   */
  Columns complete(CatalogObject target, int[] positions, Columns given) {
    if (target instanceof TableDefinition table) {
      return services.tableWork().rows().complete(table, positions, given);
    }
    var columns = new ArrayList<Column>();
    for (int i = 0; i < target.columns().size(); i++) {
      var builder = new ColumnBuilder(target.columns().get(i).type().physical());
      Object missing = missing(target, i);
      for (int row = 0; row < given.size(); row++) {
        builder.addPhysical(missing);
      }
      columns.add(builder.build());
    }
    return RowSets.with(new Columns(columns, given.size()), positions, given);
  }

  /** What a row holds in a column that it brings no value for, in physical form. */
  private static @Nullable Object missing(CatalogObject target, int column) {
    return target instanceof StreamDefinition stream && column >= stream.firstAdded()
        ? stream.valueBefore(column)
        : null;
  }

  private void append(StreamDefinition stream, Columns rows) {
    var unused = stores.streamLog().append(transaction(), stream, rows);
    appended.computeIfAbsent(stream.id(), id -> new ArrayList<>()).add(rows);
  }

  /** Adds rows to whatever takes any; answers them as they were stored. */
  Columns insert(CatalogObject target, Columns rows) {
    written.add(target.id());
    if (target instanceof StreamDefinition stream) {
      append(stream, rows);
    } else if (target instanceof TableDefinition table) {
      return stores.tables().insert(transaction(), table, rows);
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
    return rows;
  }

  /** Replaces rows; answers the new ones as they were stored. */
  Columns update(TableDefinition table, Columns before, Columns after) {
    noteWithReferring(table, new HashSet<>());
    return stores.tables().update(transaction(), table, before, after);
  }

  void delete(TableDefinition table, Columns rows) {
    stores.tables().delete(transaction(), table, rows);
    noteWithReferring(table, new HashSet<>());
  }

  /** Notes a table whose keys may have gone, and those whose rows follow. */
  private void noteWithReferring(TableDefinition table, Set<Long> seen) {
    written.add(table.id());
    if (!seen.add(table.id())) {
      return;
    }
    for (TableDefinition other : services.catalog().read(transaction()).referringTo(table.id())) {
      boolean follows =
          other.foreignKeys().stream().anyMatch(key -> key.table() == table.id() && follows(key));
      if (follows) {
        noteWithReferring(other, seen);
      }
    }
  }

  private static boolean follows(ForeignKeyDefinition key) {
    var still =
        EnumSet.of(ForeignKeyDefinition.Action.NO_ACTION, ForeignKeyDefinition.Action.RESTRICT);
    return !still.contains(key.onDelete()) || !still.contains(key.onUpdate());
  }

  void truncate(TableDefinition table) {
    stores.tables().truncate(transaction(), table);
    written.add(table.id());
  }
}

package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.row.MatchingRows;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TableRead;
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

  /** Notes that something is about to be changed in an object, in whatever way. */
  void writesInto(CatalogObject object) {
    written.add(object.id());
    if (object instanceof TableDefinition table) {
      noteWithReferring(table, new HashSet<>());
    }
  }

  /**
   * Fails where more was written than a transaction may.
   *
   * @throws CaissonException 54000
   */
  void checkSize() {
    if (transaction().getApproximateSize().join() > RowBuffer.MOST_BYTES) {
      throw new CaissonException(
              SqlState.TRANSACTION_TOO_LARGE,
              "the transaction has written more than the "
                  + RowBuffer.MOST_BYTES / 1_000_000
                  + " MB that one may")
          .withHint("COMMIT more often.");
    }
  }

  /** The rows that it has appended to a stream. */
  List<Columns> appended(CatalogObject stream) {
    return List.copyOf(appended.getOrDefault(stream.id(), List.of()));
  }

  /** The stored rows that have the keys of given ones. */
  MatchingRows matching(KeyedObject target, ConflictKey key, Columns rows) {
    if (target instanceof CollectionDefinition collection) {
      return stores.documents().matching(transaction(), collection, rows);
    }
    if (target instanceof BucketDefinition bucket) {
      return stores.buckets().matching(transaction(), bucket, rows);
    }
    var table = (TableDefinition) target;
    IndexDefinition index = key.index();
    return index == null
        ? stores.tables().matching(transaction(), table, rows)
        : matching(table, index, key, rows);
  }

  private MatchingRows matching(
      TableDefinition table, IndexDefinition index, ConflictKey key, Columns rows) {
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
    return new MatchingRows(found, places);
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

  /** Rows to be inserted with what else they will hold: ids that documents say, ends of entries. */
  Columns identified(KeyedObject target, Columns rows) {
    if (target instanceof CollectionDefinition collection) {
      return stores.documents().identified(collection, rows);
    }
    return target instanceof BucketDefinition bucket
        ? stores.buckets().identified(bucket, rows)
        : rows;
  }

  /** What a row holds in a column that it brings no value for, in physical form. */
  private static @Nullable Object missing(CatalogObject target, int column) {
    return target instanceof StreamDefinition stream && column >= stream.firstAdded()
        ? stream.valueBefore(column)
        : null;
  }

  private Columns append(StreamDefinition stream, Columns given) {
    Columns rows = stores.streamLog().arriving(stream, given);
    var unused = stores.streamLog().append(transaction(), stream, rows);
    noteAppended(stream, rows);
    return rows;
  }

  /** Notes rows that were appended, for whoever reads them before the commit. */
  void noteAppended(StreamDefinition stream, Columns rows) {
    appended.computeIfAbsent(stream.id(), id -> new ArrayList<>()).add(rows);
  }

  /** Adds rows to whatever takes any; answers them as they were stored. */
  Columns insert(CatalogObject target, Columns rows) {
    written.add(target.id());
    if (target instanceof StreamDefinition stream) {
      return append(stream, rows);
    } else if (target instanceof TableDefinition table) {
      return stores.tables().insert(transaction(), table, rows);
    } else if (target instanceof CollectionDefinition collection) {
      return stores.documents().insert(transaction(), collection, rows);
    } else if (target instanceof BucketDefinition bucket) {
      return stores.buckets().insert(transaction(), bucket, rows);
    } else if (target instanceof RecordTableDefinition table) {
      return stores.records().insert(transaction(), table, rows);
    } else {
      throw new CaissonException(
          SqlState.WRONG_OBJECT_TYPE,
          "cannot insert into \"" + target.name() + "\": it is a " + target.kind());
    }
  }

  /** Replaces rows; answers the new ones as they were stored. */
  Columns update(KeyedObject target, Columns before, Columns after) {
    if (target instanceof TableDefinition table) {
      noteWithReferring(table, new HashSet<>());
      return stores.tables().update(transaction(), table, before, after);
    }
    written.add(target.id());
    if (target instanceof CollectionDefinition collection) {
      return stores.documents().update(transaction(), collection, before, after);
    }
    return target instanceof BucketDefinition bucket
        ? stores.buckets().update(transaction(), bucket, before, after)
        : stores.records().update(transaction(), (RecordTableDefinition) target, before, after);
  }

  void delete(KeyedObject target, Columns rows) {
    written.add(target.id());
    if (target instanceof TableDefinition table) {
      noteWithReferring(table, new HashSet<>());
      stores.tables().delete(transaction(), table, rows);
    } else if (target instanceof CollectionDefinition collection) {
      stores.documents().delete(transaction(), collection, rows);
    } else if (target instanceof BucketDefinition bucket) {
      stores.buckets().delete(transaction(), bucket, rows);
    } else {
      stores.records().delete(transaction(), (RecordTableDefinition) target, rows);
    }
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

  void truncate(KeyedObject target) {
    written.add(target.id());
    if (target instanceof TableDefinition table) {
      stores.tables().truncate(transaction(), table);
    } else if (target instanceof CollectionDefinition collection) {
      stores.documents().truncate(transaction(), collection);
    } else if (target instanceof BucketDefinition bucket) {
      stores.buckets().truncate(transaction(), bucket);
    } else {
      stores.records().truncate(transaction(), (RecordTableDefinition) target);
    }
  }
}

package io.caisson.model.record;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.change.Deltas;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of a database's tables without a schema, one key each, in the order of their ids, which
 * is that of their making. Thread-safe.
 *
 * <pre>
 * (table, id as 16 bytes) → record ({@link RecordCodec})
 * </pre>
 */
public final class RecordStore {
  private static final int LONGEST_RECORD = 90 << 10;

  private final Subspace records;
  private final StatisticsStore statistics;
  private final Deltas deltas;

  /** The records of a database. */
  public RecordStore(DatabaseKeyspace keyspace) {
    this(keyspace, new CatalogStore(keyspace));
  }

  /**
   * The records of a database's tables without a schema.
   *
   * @param catalog knows which views read them
   */
  public RecordStore(DatabaseKeyspace keyspace, CatalogStore catalog) {
    this.deltas = new Deltas(keyspace, catalog);
    this.records = keyspace.records();
    this.statistics = new StatisticsStore(keyspace);
  }

  /**
   * Inserts a record.
   *
   * @param transaction the record becomes visible when it commits
   * @param table the table
   * @param id its id, from {@link RecordIds}, taken before the transaction began: then trying again
   *     writes the same key
   * @param type what kind of record it is
   * @param fields its fields, kept in the map's order; values are text, whole numbers (kept as
   *     Long), Double, Boolean, null, and lists and maps of these
   * @throws CaissonException DATATYPE_MISMATCH for a value that can't be kept; ROW_TOO_LARGE
   */
  public void insert(
      Transaction transaction,
      RecordTableDefinition table,
      RecordId id,
      String type,
      Map<String, ? extends @Nullable Object> fields) {
    byte[] value = encode(table, type, fields);
    transaction.set(key(table, id), value);
    note(transaction, table, id, null, value);
    statistics.add(transaction, table.id(), 0, new Counts(1, value.length, 1));
  }

  private static byte[] encode(
      RecordTableDefinition table, String type, Map<String, ? extends @Nullable Object> fields) {
    byte[] value = RecordCodec.encode(type, fields);
    if (value.length > LONGEST_RECORD) {
      throw new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "A record for \""
                  + table.name()
                  + "\" takes "
                  + value.length
                  + " bytes, more than the "
                  + LONGEST_RECORD
                  + " that it may")
          .withHint("Split it, or keep large contents elsewhere and their address here.");
    }
    return value;
  }

  /**
   * Replaces the type and the fields of a record; false where there is none of its id.
   *
   * @throws CaissonException as {@link #insert} does
   */
  public boolean update(Transaction transaction, RecordTableDefinition table, StoredRecord record) {
    byte[] value = encode(table, record.type(), record.fields());
    byte[] key = key(table, record.id());
    byte[] before = transaction.get(key).join();
    if (before == null) {
      return false;
    }
    transaction.set(key, value);
    note(transaction, table, record.id(), before, value);
    statistics.add(
        transaction, table.id(), 0, new Counts(0, value.length - (long) before.length, 0));
    return true;
  }

  /** Removes a record; false where there is none of that id. */
  public boolean delete(Transaction transaction, RecordTableDefinition table, RecordId id) {
    byte[] key = key(table, id);
    byte[] before = transaction.get(key).join();
    if (before == null) {
      return false;
    }
    transaction.clear(key);
    note(transaction, table, id, before, null);
    statistics.add(transaction, table.id(), 0, new Counts(-1, -before.length, -1));
    return true;
  }

  /** Removes all records; where a view reads the table, as many as a transaction can name. */
  public void clear(Transaction transaction, RecordTableDefinition table) {
    if (deltas.wanted(transaction, table)) {
      scan(transaction, table)
          .forEachRemaining(
              record ->
                  note(
                      transaction,
                      table,
                      record.id(),
                      encode(table, record.type(), record.fields()),
                      null));
    }
    transaction.clear(records.range(Tuple.from(table.id())));
    statistics.clear(transaction, table.id());
  }

  private void note(
      Transaction transaction,
      RecordTableDefinition table,
      RecordId id,
      byte @Nullable [] before,
      byte @Nullable [] after) {
    if (deltas.wanted(transaction, table)) {
      deltas.note(transaction, table, logged(id, before), logged(id, after));
    }
  }

  private static Columns logged(RecordId id, byte @Nullable [] value) {
    var ids = new ColumnBuilder(TypeKind.Physical.BYTES);
    var values = new ColumnBuilder(TypeKind.Physical.BYTES);
    if (value != null) {
      ids.addText(id.toString());
      values.addBytes(value);
    }
    return new Columns(List.of(ids.build(), values.build()), value == null ? 0 : 1);
  }

  /** The record of a row of the log of changes. */
  StoredRecord logged(RecordTableDefinition table, Columns logged, int row) {
    RecordId id = RecordId.of(((BytesColumn) logged.column(0)).text(row));
    var values = (BytesColumn) logged.column(1);
    int start = values.start(row);
    byte[] value = Arrays.copyOfRange(values.bytes(), start, start + values.length(row));
    return RecordCodec.decode(id, value, () -> place(table, id));
  }

  private static String place(RecordTableDefinition table, RecordId id) {
    return "Record " + id + " of \"" + table.name() + "\"";
  }

  private byte[] key(RecordTableDefinition table, RecordId id) {
    return records.pack(Tuple.from(table.id(), id.toBytes()));
  }

  /** All records in order, as of the transaction's read version. */
  public Iterator<StoredRecord> scan(ReadTransaction transaction, RecordTableDefinition table) {
    AsyncIterator<KeyValue> entries = entries(transaction, table, null);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public StoredRecord next() {
        return decode(table, entries.next());
      }
    };
  }

  /**
   * A piece of the records, for scans that may outlast a transaction.
   *
   * @param after the last record of the piece before, or null for the first piece
   * @param byteBudget about how many bytes to read; one record is read always
   */
  public RecordPage page(
      ReadTransaction transaction,
      RecordTableDefinition table,
      @Nullable RecordId after,
      int byteBudget) {
    AsyncIterator<KeyValue> entries = entries(transaction, table, after);
    try {
      var found = new ArrayList<StoredRecord>();
      long bytes = 0;
      while (bytes < byteBudget && entries.hasNext()) {
        KeyValue entry = entries.next();
        found.add(decode(table, entry));
        bytes += entry.getKey().length + entry.getValue().length;
      }
      return new RecordPage(found, !entries.hasNext());
    } finally {
      entries.cancel();
    }
  }

  private AsyncIterator<KeyValue> entries(
      ReadTransaction transaction, RecordTableDefinition table, @Nullable RecordId after) {
    Range all = records.range(Tuple.from(table.id()));
    byte[] begin = after == null ? all.begin : ByteArrayUtil.join(key(table, after), new byte[1]);
    return transaction
        .getRange(begin, all.end, ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.SERIAL)
        .iterator();
  }

  private StoredRecord decode(RecordTableDefinition table, KeyValue entry) {
    RecordId id = RecordId.fromBytes(records.unpack(entry.getKey()).getBytes(1));
    return RecordCodec.decode(id, entry.getValue(), () -> place(table, id));
  }
}

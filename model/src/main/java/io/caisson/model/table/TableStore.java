package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.change.ChangeLog;
import io.caisson.model.change.RelationPage;
import io.caisson.model.check.RowChecks;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.row.MatchingRows;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the tables of a database, one key each, and the entries of their indexes, which change in
 * the same transaction. Whatever a table's definition demands of its rows is seen to here, by the
 * definition as it is in the transaction. Thread-safe.
 */
public final class TableStore {
  private static final int LONGEST_KEY = 9_000;
  private static final int LONGEST_ROW = 90 << 10;

  private final Subspace rows;
  private final Subspace indexes;
  private final StatisticsStore statistics;
  private final ChangeLog log;
  private final @Nullable CatalogStore catalog;
  private final RowExpressions expressions;
  private final Map<Long, TableLayouts> layouts = new ConcurrentHashMap<>();

  /** Tables that no catalog knows and whose definitions have no expressions. */
  public TableStore(DatabaseKeyspace keyspace) {
    this(keyspace, null, RowExpressions.NONE);
  }

  /**
   * The tables of a database.
   *
   * @param keyspace where they lie
   * @param catalog knows the definitions; null where those that are given are to be believed
   * @param expressions evaluates the expressions in definitions
   */
  public TableStore(
      DatabaseKeyspace keyspace, @Nullable CatalogStore catalog, RowExpressions expressions) {
    this.rows = keyspace.rows();
    this.indexes = keyspace.index();
    this.statistics = new StatisticsStore(keyspace);
    this.catalog = catalog;
    this.log = catalog == null ? new ChangeLog(keyspace) : new ChangeLog(keyspace, catalog);
    this.expressions = expressions;
  }

  /**
   * Inserts rows.
   *
   * @param transaction they become visible when it commits
   * @param table the table
   * @param columns rows with the table's columns; generated ones may hold anything
   * @return the rows as they were stored
   * @throws CaissonException UNIQUE_VIOLATION, if a row with the same primary or unique key is
   *     there already; NOT_NULL_VIOLATION; CHECK_VIOLATION; DATATYPE_MISMATCH; ROW_TOO_LARGE;
   *     nothing was written then. FOREIGN_KEY_VIOLATION, after which the transaction must not
   *     commit
   */
  public Columns insert(Transaction transaction, TableDefinition table, Columns columns) {
    Catalog definitions = definitions(transaction, table);
    TableDefinition now = current(definitions, table);
    Columns complete = checked(now, columns);
    var changes = new RowChanges(this, transaction, now);
    changes.add(complete);
    changes.apply();
    new ForeignKeys(this, transaction, definitions).checkPresent(now, null, complete);
    log.inserted(transaction, now, layout(now).keys().asRead(complete));
    return complete;
  }

  /**
   * Removes rows.
   *
   * @param transaction they are gone when it commits
   * @param table the table
   * @param columns rows of the table as they were read in this transaction
   * @throws CaissonException FOREIGN_KEY_VIOLATION, if rows of other tables refer to one of them;
   *     the transaction must not commit then
   */
  public void delete(Transaction transaction, TableDefinition table, Columns columns) {
    Catalog definitions = definitions(transaction, table);
    TableDefinition now = current(definitions, table);
    var changes = new RowChanges(this, transaction, now);
    changes.remove(columns);
    changes.apply();
    new ForeignKeys(this, transaction, definitions).release(now, columns, null);
    log.deleted(transaction, now, layout(now).keys().asRead(columns));
  }

  /**
   * Replaces rows, each by the one in the same place; its primary key may be another.
   *
   * @param transaction the change becomes visible when it commits
   * @param table the table
   * @param before rows of the table as they were read in this transaction
   * @param after as many rows
   * @return the rows as they were stored
   * @throws CaissonException as {@link #insert} and {@link #delete} do; a key that another of the
   *     rows gives up is free
   */
  public Columns update(
      Transaction transaction, TableDefinition table, Columns before, Columns after) {
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(before.size() + " rows become " + after.size());
    }
    Catalog definitions = definitions(transaction, table);
    TableDefinition now = current(definitions, table);
    Columns complete = checked(now, after);
    var changes = new RowChanges(this, transaction, now);
    changes.remove(before);
    changes.add(complete);
    changes.apply();
    var foreignKeys = new ForeignKeys(this, transaction, definitions);
    foreignKeys.checkPresent(now, before, complete);
    foreignKeys.release(now, before, complete);
    TableKeys keys = layout(now).keys();
    log.updated(transaction, now, keys.asRead(before), keys.asRead(complete));
    return complete;
  }

  /**
   * Holds rows against a FOREIGN KEY constraint.
   *
   * @throws CaissonException FOREIGN_KEY_VIOLATION, naming the first key that is not there
   */
  public void checkReferences(
      Transaction transaction, TableDefinition table, ForeignKeyDefinition key, Columns columns) {
    new ForeignKeys(this, transaction, definitions(transaction, table))
        .checkPresent(table, key, null, columns);
  }

  private Columns checked(TableDefinition table, Columns columns) {
    RowChecks.checkForm(table, columns);
    Columns complete = expressions.generate(table, columns);
    RowChecks.check(table, complete);
    expressions.check(table, complete);
    return complete;
  }

  private Catalog definitions(Transaction transaction, TableDefinition table) {
    return catalog == null ? Catalog.of(0, List.of(table)) : catalog.read(transaction);
  }

  /** The definition as the transaction sees it, which may have more indexes than the one given. */
  private static TableDefinition current(Catalog definitions, TableDefinition table) {
    CatalogObject found =
        definitions
            .find(table.name())
            .filter(object -> object.id() == table.id())
            .or(() -> definitions.find(table.id()))
            .orElse(null);
    if (found instanceof TableDefinition now && now.columns().equals(table.columns())) {
      return now;
    }
    throw changed(table);
  }

  private static CaissonException changed(TableDefinition table) {
    return new CaissonException(
            SqlState.SERIALIZATION_FAILURE,
            "table \"" + table.name() + "\" was altered or dropped meanwhile")
        .withHint("Run the statement again.");
  }

  RowLayout layout(TableDefinition table) {
    return layouts(table).rows();
  }

  IndexLayout layout(TableDefinition table, IndexDefinition index) {
    return layouts(table).of(index);
  }

  /** The layouts of a definition; the last one of each table is remembered. */
  private TableLayouts layouts(TableDefinition table) {
    TableLayouts known = layouts.get(table.id());
    if (known == null || !known.table().equals(table)) {
      known = TableLayouts.of(rows, indexes, table);
      layouts.put(table.id(), known);
    }
    return known;
  }

  /** The entries of rows in an index, one each. */
  List<IndexLayout.Entry> entries(IndexLayout layout, TableDefinition table, Columns columns) {
    return columns.size() == 0
        ? List.of()
        : layout.entries(columns, expressions.keys(table, layout.index(), columns));
  }

  void count(Transaction transaction, TableDefinition table, int part, Counts counts) {
    statistics.add(transaction, table.id(), part, counts);
  }

  /** Forgets what an index has, entries and counts. */
  public void clear(Transaction transaction, TableDefinition table, IndexDefinition index) {
    transaction.clear(layout(table, index).all());
    statistics.clear(transaction, table.id(), index.id());
  }

  /** The key of a row, in the order in which {@link #page} reads. */
  public byte[] key(TableDefinition table, Columns columns, int row) {
    return layout(table).keys().of(columns, row);
  }

  /**
   * Finds a row by its primary key.
   *
   * @param key the values of all key columns, physical: Long, Double, String or byte[]
   * @return the row as columns of one row, or empty
   */
  public Optional<Columns> get(
      ReadTransaction transaction, TableDefinition table, List<Object> key) {
    RowLayout layout = layout(table);
    byte[] packed = layout.keys().of(key);
    byte[] value = transaction.get(packed).join();
    if (value == null) {
      return Optional.empty();
    }
    ColumnsBuilder builder = layout.builder();
    layout.decode(new KeyValue(packed, value), builder);
    return Optional.of(builder.build());
  }

  /**
   * Finds the stored rows that have the primary keys of the given ones.
   *
   * @param columns rows with the table's columns; those of the primary key count
   */
  public MatchingRows matching(
      ReadTransaction transaction, TableDefinition table, Columns columns) {
    RowLayout layout = layout(table);
    var keys = new ArrayList<byte[]>();
    var values = new ArrayList<CompletableFuture<byte[]>>();
    for (int row = 0; row < columns.size(); row++) {
      byte[] key = layout.keys().of(columns, row);
      keys.add(key);
      values.add(transaction.get(key));
    }
    ColumnsBuilder found = layout.builder();
    int[] places = new int[keys.size()];
    int count = 0;
    for (int row = 0; row < places.length; row++) {
      byte[] value = values.get(row).join();
      places[row] = value == null ? -1 : count++;
      if (value != null) {
        layout.decode(new KeyValue(keys.get(row), value), found);
      }
    }
    return new MatchingRows(found.build(), places);
  }

  /**
   * Removes all rows of a table, however many there are; where a changelog or a view follows it, as
   * many as a transaction can delete one by one.
   *
   * @param transaction they are gone when it commits
   * @throws CaissonException FEATURE_NOT_SUPPORTED, if other tables refer to this one
   */
  public void truncate(Transaction transaction, TableDefinition table) {
    Catalog definitions = definitions(transaction, table);
    TableDefinition now = current(definitions, table);
    for (TableDefinition other : definitions.referringTo(now.id())) {
      if (other.id() != now.id()) {
        throw new CaissonException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "cannot truncate a table referenced in a foreign key constraint")
            .withHint("Table \"" + other.name() + "\" refers to it: use DELETE.");
      }
    }
    if (log.follows(transaction, now)) {
      scan(transaction, now, KeyRange.ALL).forEachRemaining(rows -> delete(transaction, now, rows));
      return;
    }
    transaction.clear(layout(now).keys().range(KeyRange.ALL));
    now.indexes().forEach(index -> clear(transaction, now, index));
    statistics.clear(transaction, now.id());
  }

  /**
   * Reads a part of a table in key order, in chunks, all as of the transaction's read version. A
   * scan that may outlast the transaction reads {@link #page}s instead.
   */
  public Iterator<Columns> scan(ReadTransaction transaction, TableDefinition table, KeyRange part) {
    return scan(transaction, table, TableRead.of(part));
  }

  /**
   * Reads rows on a given way, in chunks, all as of the transaction's read version.
   *
   * @throws CaissonException SERIALIZATION_FAILURE, if the index to go by was dropped meanwhile
   */
  public TableCursor scan(ReadTransaction transaction, TableDefinition table, TableRead read) {
    return scan(transaction, table, read, TableCursor.Position.start(read));
  }

  /**
   * Goes on with a read, maybe in another transaction than where it began.
   *
   * @param from where the cursor before was
   */
  public TableCursor scan(
      ReadTransaction transaction,
      TableDefinition table,
      TableRead read,
      TableCursor.Position from) {
    RowLayout layout = layout(table);
    IndexDefinition index = read.index();
    if (index != null && catalog != null) {
      checkReadable(catalog.read(transaction), table, index);
    }
    return index == null
        ? new TableScan(transaction, layout, read, from)
        : new IndexScan(transaction, layout, layout(table, index), read, from);
  }

  private static void checkReadable(
      Catalog definitions, TableDefinition table, IndexDefinition index) {
    boolean readable =
        current(definitions, table).index(index.id()).filter(IndexDefinition::readable).isPresent();
    if (!readable) {
      throw changed(table);
    }
  }

  /**
   * Reads a piece of a part of a table, in key order.
   *
   * @param after what the piece before said comes next, or null for the first
   * @param byteBudget about how many bytes to read; one row is read always
   */
  public RelationPage page(
      ReadTransaction transaction,
      TableDefinition table,
      KeyRange part,
      byte @Nullable [] after,
      int byteBudget) {
    RowLayout layout = layout(table);
    Range range = layout.keys().range(part);
    byte[] begin = after == null ? range.begin : ByteArrayUtil.join(after, new byte[1]);
    AsyncIterator<KeyValue> entries =
        transaction
            .getRange(
                begin, range.end, ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.SERIAL)
            .iterator();
    try {
      return page(layout, entries, byteBudget);
    } finally {
      entries.cancel();
    }
  }

  private static RelationPage page(
      RowLayout layout, AsyncIterator<KeyValue> entries, int byteBudget) {
    ColumnsBuilder builder = layout.builder();
    long bytes = 0;
    byte[] last = null;
    while (bytes < byteBudget && entries.hasNext()) {
      KeyValue entry = entries.next();
      layout.decode(entry, builder);
      last = entry.getKey();
      bytes += last.length + entry.getValue().length;
    }
    return new RelationPage(builder.build(), entries.hasNext() ? last : null);
  }

  /** Rows as keys and values. */
  record Entries(RowLayout layout, Columns columns, List<byte[]> keys, List<byte[]> values) {
    static Entries of(RowLayout layout, Columns columns) {
      var keys = new ArrayList<byte[]>(columns.size());
      var values = new ArrayList<byte[]>(columns.size());
      for (int row = 0; row < columns.size(); row++) {
        byte[] key = layout.keys().of(columns, row);
        byte[] value = layout.codec().encode(columns, row);
        checkLength(layout.table(), key, value, row);
        keys.add(key);
        values.add(value);
      }
      return new Entries(layout, columns, keys, values);
    }

    Set<ByteBuffer> keySet() {
      return keys.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
    }

    /** Fails where a key is taken, unless it is among those that are given up. */
    void checkNew(Transaction transaction, Set<ByteBuffer> givenUp) {
      var existing = new ArrayList<@Nullable CompletableFuture<byte[]>>(keys.size());
      for (byte[] key : keys) {
        existing.add(givenUp.contains(ByteBuffer.wrap(key)) ? null : transaction.get(key));
      }
      var seen = new HashSet<ByteBuffer>();
      for (int row = 0; row < keys.size(); row++) {
        CompletableFuture<byte[]> found = existing.get(row);
        boolean taken = found != null && found.join() != null;
        if (taken || !seen.add(ByteBuffer.wrap(keys.get(row)))) {
          TableDefinition table = layout.table();
          String key = RowText.of(table, table.primaryKey(), columns, row);
          throw RowChanges.duplicate(table.primaryKeyName(), key)
              .withHint("The primary key of a row must be its own.");
        }
      }
    }
  }

  private static void checkLength(TableDefinition table, byte[] key, byte[] value, int row) {
    if (key.length > LONGEST_KEY || value.length > LONGEST_ROW) {
      String what =
          key.length > LONGEST_KEY
              ? "primary key of " + key.length + " bytes, more than the " + LONGEST_KEY
              : "length of " + value.length + " bytes, more than the " + LONGEST_ROW;
      throw new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "Row "
                  + (row + 1)
                  + " for \""
                  + table.name()
                  + "\" has a "
                  + what
                  + " that are possible")
          .withHint("Split it, or keep large contents elsewhere and their address here.");
    }
  }
}

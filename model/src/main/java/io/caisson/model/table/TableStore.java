package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.change.ChangeLog;
import io.caisson.model.check.RowChecks;
import io.caisson.model.codec.Corruption;
import io.caisson.model.codec.RowCodec;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.type.SqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of the tables of a database, one key each. Thread-safe. */
public final class TableStore {
  /** About how many bytes a chunk of a scan holds. */
  private static final int CHUNK_BYTES = 256 << 10;

  private static final int LONGEST_KEY = 9_000;
  private static final int LONGEST_ROW = 90 << 10;

  private final Subspace rows;
  private final StatisticsStore statistics;
  private final ChangeLog changes;

  /** The tables of a database. */
  public TableStore(DatabaseKeyspace keyspace) {
    this.rows = keyspace.rows();
    this.statistics = new StatisticsStore(keyspace);
    this.changes = new ChangeLog(keyspace);
  }

  /** What a table's rows need to become keys and values and back. */
  private record Layout(TableDefinition table, TableKeys keys, RowCodec codec) {
    static Layout of(Subspace rows, TableDefinition table) {
      List<Integer> behindKey =
          IntStream.range(0, table.columns().size())
              .filter(i -> !table.primaryKey().contains(i))
              .boxed()
              .toList();
      return new Layout(table, new TableKeys(rows, table), new RowCodec(types(table), behindKey));
    }

    static List<SqlType> types(TableDefinition table) {
      return table.columns().stream().map(ColumnDefinition::type).toList();
    }

    ColumnsBuilder builder() {
      return new ColumnsBuilder(types(table));
    }

    void decode(KeyValue entry, ColumnsBuilder target) {
      try {
        keys.decode(entry.getKey(), target);
      } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
        throw Corruption.of(place(entry), "its key is none of the table's", e);
      }
      codec.decode(entry.getValue(), target, () -> place(entry));
    }

    private String place(KeyValue entry) {
      return "The row of table \""
          + table.name()
          + "\" at key "
          + ByteArrayUtil.printable(entry.getKey());
    }
  }

  /**
   * Inserts rows.
   *
   * @param transaction they become visible when it commits
   * @param table the table
   * @param columns rows with the table's columns
   * @throws CaissonException UNIQUE_VIOLATION, if a row with the same primary key is there already;
   *     NOT_NULL_VIOLATION; DATATYPE_MISMATCH; ROW_TOO_LARGE. Nothing was written then.
   */
  public void insert(Transaction transaction, TableDefinition table, Columns columns) {
    RowChecks.check(table, columns);
    Layout layout = Layout.of(rows, table);
    Entries entries = Entries.of(layout, columns);
    entries.checkNew(transaction, columns, Set.of());
    long bytes = entries.write(transaction);
    count(transaction, table, columns.size(), bytes);
    changes.inserted(transaction, table, columns);
  }

  /**
   * Removes rows.
   *
   * @param transaction they are gone when it commits
   * @param table the table
   * @param columns rows of the table as they were read in this transaction
   */
  public void delete(Transaction transaction, TableDefinition table, Columns columns) {
    Layout layout = Layout.of(rows, table);
    Entries entries = Entries.of(layout, columns);
    long bytes = entries.clear(transaction);
    count(transaction, table, -columns.size(), -bytes);
    changes.deleted(transaction, table, columns);
  }

  /**
   * Replaces rows, each by the one in the same place; its primary key may be another.
   *
   * @param transaction the change becomes visible when it commits
   * @param table the table
   * @param before rows of the table as they were read in this transaction
   * @param after as many rows
   * @throws CaissonException as {@link #insert} does; a primary key that another of the rows gives
   *     up is free
   */
  public void update(
      Transaction transaction, TableDefinition table, Columns before, Columns after) {
    RowChecks.check(table, after);
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(before.size() + " rows become " + after.size());
    }
    Layout layout = Layout.of(rows, table);
    Entries old = Entries.of(layout, before);
    Entries entries = Entries.of(layout, after);
    entries.checkNew(transaction, after, old.keySet());
    long bytes = -old.clear(transaction);
    bytes += entries.write(transaction);
    count(transaction, table, 0, bytes);
    changes.updated(transaction, table, before, after);
  }

  private void count(Transaction transaction, TableDefinition table, int rows, long bytes) {
    statistics.add(transaction, table.id(), 0, new Counts(rows, bytes, rows));
  }

  /** Rows as keys and values. */
  private record Entries(Layout layout, List<byte[]> keys, List<byte[]> values) {
    static Entries of(Layout layout, Columns columns) {
      var keys = new ArrayList<byte[]>(columns.size());
      var values = new ArrayList<byte[]>(columns.size());
      for (int row = 0; row < columns.size(); row++) {
        byte[] key = layout.keys().of(columns, row);
        byte[] value = layout.codec().encode(columns, row);
        checkLength(layout.table(), key, value, row);
        keys.add(key);
        values.add(value);
      }
      return new Entries(layout, keys, values);
    }

    Set<ByteBuffer> keySet() {
      return keys.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
    }

    /** Fails where a key is taken, unless it is among those that are given up. */
    void checkNew(Transaction transaction, Columns columns, Set<ByteBuffer> givenUp) {
      var existing = new ArrayList<@Nullable CompletableFuture<byte[]>>(keys.size());
      for (byte[] key : keys) {
        existing.add(givenUp.contains(ByteBuffer.wrap(key)) ? null : transaction.get(key));
      }
      var seen = new HashSet<ByteBuffer>();
      for (int row = 0; row < keys.size(); row++) {
        CompletableFuture<byte[]> found = existing.get(row);
        boolean taken = found != null && found.join() != null;
        if (taken || !seen.add(ByteBuffer.wrap(keys.get(row)))) {
          throw duplicate(layout.table(), columns, row);
        }
      }
    }

    long write(Transaction transaction) {
      long bytes = 0;
      for (int row = 0; row < keys.size(); row++) {
        transaction.set(keys.get(row), values.get(row));
        bytes += values.get(row).length;
      }
      return bytes;
    }

    long clear(Transaction transaction) {
      long bytes = 0;
      for (int row = 0; row < keys.size(); row++) {
        transaction.clear(keys.get(row));
        bytes += values.get(row).length;
      }
      return bytes;
    }
  }

  private static CaissonException duplicate(TableDefinition table, Columns columns, int row) {
    return new CaissonException(
            SqlState.UNIQUE_VIOLATION,
            "A row with "
                + KeyText.of(table, columns, row)
                + " exists already in \""
                + table.name()
                + "\"")
        .withHint("The primary key of a row must be its own.");
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

  /**
   * Finds a row by its primary key.
   *
   * @param key the values of all key columns, physical: Long, Double, String or byte[]
   * @return the row as columns of one row, or empty
   */
  public Optional<Columns> get(
      ReadTransaction transaction, TableDefinition table, List<Object> key) {
    Layout layout = Layout.of(rows, table);
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
   * Reads a part of a table in key order, in chunks, all as of the transaction's read version. A
   * scan that may outlast the transaction reads {@link #page}s instead.
   */
  public Iterator<Columns> scan(ReadTransaction transaction, TableDefinition table, KeyRange part) {
    Layout layout = Layout.of(rows, table);
    Range range = layout.keys().range(part);
    AsyncIterator<KeyValue> entries = entries(transaction, range.begin, range.end);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Columns next() {
        if (!entries.hasNext()) {
          throw new NoSuchElementException();
        }
        return chunk(layout, entries, CHUNK_BYTES).rows();
      }
    };
  }

  /**
   * Reads a piece of a part of a table, in key order.
   *
   * @param after what the piece before said comes next, or null for the first
   * @param byteBudget about how many bytes to read; one row is read always
   */
  public TablePage page(
      ReadTransaction transaction,
      TableDefinition table,
      KeyRange part,
      byte @Nullable [] after,
      int byteBudget) {
    Layout layout = Layout.of(rows, table);
    Range range = layout.keys().range(part);
    byte[] begin = after == null ? range.begin : ByteArrayUtil.join(after, new byte[1]);
    AsyncIterator<KeyValue> entries = entries(transaction, begin, range.end);
    try {
      return chunk(layout, entries, byteBudget);
    } finally {
      entries.cancel();
    }
  }

  private static AsyncIterator<KeyValue> entries(
      ReadTransaction transaction, byte[] begin, byte[] end) {
    return transaction
        .getRange(begin, end, ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.SERIAL)
        .iterator();
  }

  private static TablePage chunk(Layout layout, AsyncIterator<KeyValue> entries, int byteBudget) {
    ColumnsBuilder builder = layout.builder();
    long bytes = 0;
    byte[] last = null;
    while (bytes < byteBudget && entries.hasNext()) {
      KeyValue entry = entries.next();
      layout.decode(entry, builder);
      last = entry.getKey();
      bytes += last.length + entry.getValue().length;
    }
    return new TablePage(builder.build(), entries.hasNext() ? last : null);
  }
}

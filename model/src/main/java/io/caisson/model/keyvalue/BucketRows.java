package io.caisson.model.keyvalue;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.change.RelationPage;
import io.caisson.model.check.RowChecks;
import io.caisson.model.row.MatchingRows;
import io.caisson.time.Clock;
import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Buckets as SQL sees them: rows of a key, a value and an end, changed the way {@link
 * io.caisson.model.table.TableStore} changes the rows of tables. Thread-safe.
 */
public final class BucketRows {
  private static final int CHUNK_BYTES = 256 << 10;

  private final BucketStore buckets;
  private final Clock clock;
  private final Runnable onUse;

  /**
   * The rows of a database's buckets.
   *
   * @param buckets where they are kept
   * @param clock says which entries are over
   * @param onUse is told before each insert and page
   */
  public BucketRows(BucketStore buckets, Clock clock, Runnable onUse) {
    this.buckets = buckets;
    this.clock = clock;
    this.onUse = onUse;
  }

  /**
   * Inserts entries. One that says no end gets that of its bucket.
   *
   * @return the rows as they were stored
   * @throws CaissonException 23505 for a key that is there; 23502; and as {@link BucketStore#put}
   *     does
   */
  public Columns insert(Transaction transaction, BucketDefinition bucket, Columns rows) {
    onUse.run();
    RowChecks.check(bucket, rows);
    ColumnsBuilder stored = builder(bucket);
    long now = clock.wallMicros();
    for (int row = 0; row < rows.size(); row++) {
      BucketEntry entry = ending(bucket, entry(bucket, rows, row), now);
      insert(transaction, bucket, entry, now);
      add(entry, stored);
    }
    return stored.build();
  }

  /** Rows as {@link #insert} would store them, with the ends that they will have. */
  public Columns identified(BucketDefinition bucket, Columns rows) {
    RowChecks.check(bucket, rows);
    long now = clock.wallMicros();
    ColumnsBuilder identified = builder(bucket);
    for (int row = 0; row < rows.size(); row++) {
      add(ending(bucket, entry(bucket, rows, row), now), identified);
    }
    return identified.build();
  }

  /** An entry with the end that its bucket gives to those that say none. */
  private static BucketEntry ending(BucketDefinition bucket, BucketEntry entry, long now) {
    return entry.expiresMicros() == BucketEntry.NEVER && bucket.ttlMicros() > 0
        ? new BucketEntry(entry.key(), entry.value(), now + bucket.ttlMicros())
        : entry;
  }

  private void insert(
      Transaction transaction, BucketDefinition bucket, BucketEntry entry, long now) {
    if (buckets.get(transaction, bucket, entry.key(), now).isPresent()) {
      throw new CaissonException(
              SqlState.UNIQUE_VIOLATION,
              "An entry with key "
                  + text(bucket, entry.key())
                  + " exists already in \""
                  + bucket.name()
                  + "\"")
          .withHint("The key of an entry must be its own.");
    }
    buckets.put(transaction, bucket, entry);
  }

  private static String text(BucketDefinition bucket, byte[] key) {
    return bucket.keys() == TypeKind.TEXT
        ? "'" + new String(key, StandardCharsets.UTF_8) + "'"
        : "\\x" + HexFormat.of().formatHex(key);
  }

  /** Removes entries, given as rows that were read in this transaction. */
  public void delete(Transaction transaction, BucketDefinition bucket, Columns rows) {
    for (int row = 0; row < rows.size(); row++) {
      buckets.delete(transaction, bucket, entry(bucket, rows, row).key());
    }
  }

  /** Removes all entries. */
  public void truncate(Transaction transaction, BucketDefinition bucket) {
    buckets.clear(transaction, bucket);
  }

  /** Finds the stored entries that have the keys of the given rows. */
  public MatchingRows matching(ReadTransaction transaction, BucketDefinition bucket, Columns rows) {
    long now = clock.wallMicros();
    ColumnsBuilder found = builder(bucket);
    int[] places = new int[rows.size()];
    int count = 0;
    Column keys = rows.column(BucketDefinition.KEY);
    for (int row = 0; row < places.length; row++) {
      Optional<BucketEntry> entry =
          keys.isNull(row)
              ? Optional.empty()
              : buckets.get(transaction, bucket, bytes(keys, row), now);
      places[row] = entry.isPresent() ? count++ : -1;
      entry.ifPresent(known -> add(known, found));
    }
    return new MatchingRows(found.build(), places);
  }

  /**
   * Replaces entries, each by the one in the same place; its key may be another. An end that is
   * NULL means never.
   *
   * @param before rows that were read in this transaction
   * @param after as many rows
   * @return the rows as they were stored
   * @throws CaissonException as {@link #insert} does; a key that another of the rows gives up is
   *     free
   */
  public Columns update(
      Transaction transaction, BucketDefinition bucket, Columns before, Columns after) {
    RowChecks.check(bucket, after);
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(before.size() + " rows become " + after.size());
    }
    long now = clock.wallMicros();
    for (int row = 0; row < after.size(); row++) {
      if (!sameKey(bucket, before, after, row)) {
        buckets.delete(transaction, bucket, entry(bucket, before, row).key());
      }
    }
    for (int row = 0; row < after.size(); row++) {
      BucketEntry entry = entry(bucket, after, row);
      if (sameKey(bucket, before, after, row)) {
        buckets.put(transaction, bucket, entry);
      } else {
        insert(transaction, bucket, entry, now);
      }
    }
    return after;
  }

  private static boolean sameKey(BucketDefinition bucket, Columns before, Columns after, int row) {
    return Arrays.equals(entry(bucket, before, row).key(), entry(bucket, after, row).key());
  }

  private static BucketEntry entry(BucketDefinition bucket, Columns rows, int row) {
    Column value = rows.column(BucketDefinition.VALUE);
    var ends = (LongColumn) rows.column(BucketDefinition.EXPIRES_AT);
    return new BucketEntry(
        bytes(rows.column(BucketDefinition.KEY), row),
        bucket.counts() ? (Object) ((LongColumn) value).value(row) : bytes(value, row),
        ends.isNull(row) ? BucketEntry.NEVER : ends.value(row));
  }

  private static byte[] bytes(Column column, int row) {
    var bytes = (BytesColumn) column;
    return Arrays.copyOfRange(
        bytes.bytes(), bytes.start(row), bytes.start(row) + bytes.length(row));
  }

  /**
   * Reads a piece of a part of a bucket, in the order of keys; what is over is not there.
   *
   * @param after what the piece before said comes next, or null for the first
   * @param byteBudget about how many bytes to read; one entry is read always
   */
  public RelationPage page(
      ReadTransaction transaction,
      BucketDefinition bucket,
      KeySpan span,
      byte @Nullable [] after,
      int byteBudget) {
    onUse.run();
    KeySpan rest = after == null ? span : span.behind(after, false);
    BucketPage page = buckets.page(transaction, bucket, rest, false, Integer.MAX_VALUE, byteBudget);
    long now = clock.wallMicros();
    ColumnsBuilder rows = builder(bucket);
    page.entries().stream().filter(entry -> !entry.isOver(now)).forEach(entry -> add(entry, rows));
    return new RelationPage(rows.build(), page.next());
  }

  private static ColumnsBuilder builder(BucketDefinition bucket) {
    return new ColumnsBuilder(bucket.columns().stream().map(ColumnDefinition::type).toList());
  }

  /** The next entries as rows, as many as make up a chunk; none where there are none. */
  static Columns chunk(BucketDefinition bucket, Iterator<BucketEntry> entries) {
    var rows = new ColumnsBuilder(bucket.columns().stream().map(ColumnDefinition::type).toList());
    while (rows.byteSize() < CHUNK_BYTES && entries.hasNext()) {
      add(entries.next(), rows);
    }
    return rows.build();
  }

  /**
   * Reads a piece of a bucket as rows in the order of keys, with the entries that are over and not
   * cleared yet.
   *
   * @param after the key behind which to begin, or null for the beginning
   * @param byteBudget about how many bytes to read; one entry is read always
   */
  public RelationPage page(
      ReadTransaction transaction,
      BucketDefinition bucket,
      byte @Nullable [] after,
      int byteBudget) {
    onUse.run();
    KeySpan span = after == null ? KeySpan.ALL : KeySpan.ALL.behind(after, false);
    BucketPage page = buckets.page(transaction, bucket, span, false, Integer.MAX_VALUE, byteBudget);
    var rows = new ColumnsBuilder(bucket.columns().stream().map(ColumnDefinition::type).toList());
    page.entries().forEach(entry -> add(entry, rows));
    return new RelationPage(rows.build(), page.next());
  }

  private static void add(BucketEntry entry, ColumnsBuilder rows) {
    rows.column(BucketDefinition.KEY).addBytes(entry.key(), 0, entry.key().length);
    if (entry.value() instanceof Long number) {
      rows.column(BucketDefinition.VALUE).addLong(number);
    } else {
      byte[] value = (byte[]) entry.value();
      rows.column(BucketDefinition.VALUE).addBytes(value, 0, value.length);
    }
    if (entry.expiresMicros() == BucketEntry.NEVER) {
      rows.column(BucketDefinition.EXPIRES_AT).addNull();
    } else {
      rows.column(BucketDefinition.EXPIRES_AT).addLong(entry.expiresMicros());
    }
  }
}

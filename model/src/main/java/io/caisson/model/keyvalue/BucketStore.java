package io.caisson.model.keyvalue;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.BucketDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.codec.Corruption;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.type.TypeKind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the buckets of a database, in the order of their keys. Writing an entry, removing it
 * and changing a counter read nothing and so conflict with no other writer, unless a view reads the
 * bucket, which must know what was there. An entry whose time is over is not there for any reader;
 * its bytes are cleared later, by {@link #clearEnded}. Thread-safe.
 */
public final class BucketStore {
  private static final int LONGEST_KEY = 9_000;
  private static final int LONGEST_VALUE = 90 << 10;
  private static final byte[] NOTHING = {};

  private final Subspace kv;
  private final BucketDeltas deltas;

  /** The buckets of a database. */
  public BucketStore(DatabaseKeyspace keyspace) {
    this(keyspace, new CatalogStore(keyspace));
  }

  /**
   * The buckets of a database.
   *
   * @param catalog knows which views read them
   */
  public BucketStore(DatabaseKeyspace keyspace, CatalogStore catalog) {
    kv = keyspace.kv();
    deltas = new BucketDeltas(keyspace, catalog);
  }

  /** Finds an entry. */
  public Optional<BucketEntry> get(
      ReadTransaction transaction, BucketDefinition bucket, byte[] key, long nowMicros) {
    var keys = new BucketKeys(kv, bucket);
    byte[] packed = keys.entry(key);
    byte[] value = transaction.get(packed).join();
    if (value == null) {
      return Optional.empty();
    }
    BucketEntry entry = decode(bucket, keys, packed, value);
    return entry.isOver(nowMicros) ? Optional.empty() : Optional.of(entry);
  }

  /**
   * Writes an entry, whatever was there.
   *
   * @throws CaissonException 54001 for a key or value that is too long; 22P02 for bytes that are no
   *     text where the bucket holds text; 22023 for a counter that ends where its bucket lets none
   *     end
   */
  public void put(Transaction transaction, BucketDefinition bucket, BucketEntry entry) {
    checkForm(bucket, entry);
    boolean ends = entry.expiresMicros() != BucketEntry.NEVER;
    if (bucket.counts() && ends && bucket.ttlMicros() == 0) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER,
              "a counter of bucket \"" + bucket.name() + "\" can't end by itself")
          .withHint("Create the bucket WITH (ttl = '…'): then its counters end after that time.");
    }
    var keys = new BucketKeys(kv, bucket);
    byte[] packed = keys.entry(entry.key());
    byte[] value = BucketValues.encode(entry.value(), entry.expiresMicros());
    checkLength(bucket, packed, value);
    noteIfWanted(transaction, bucket, entry.key(), entry);
    transaction.set(packed, value);
    if (ends) {
      transaction.set(keys.end(entry.expiresMicros(), entry.key()), NOTHING);
    }
  }

  private static void checkForm(BucketDefinition bucket, BucketEntry entry) {
    if (bucket.counts() != entry.value() instanceof Long) {
      throw new CaissonException(
          SqlState.WRONG_OBJECT_TYPE,
          "bucket \"" + bucket.name() + "\" holds values of type " + bucket.values().sql());
    }
    checkText(bucket, "key", bucket.keys(), entry.key());
    if (entry.value() instanceof byte[] value) {
      checkText(bucket, "value", bucket.values(), value);
    }
  }

  private static void checkText(BucketDefinition bucket, String what, TypeKind type, byte[] bytes) {
    if (type != TypeKind.TEXT) {
      return;
    }
    try {
      CharBuffer unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new CaissonException(
              SqlState.INVALID_TEXT, "invalid byte sequence for encoding \"UTF8\" in a " + what, e)
          .withHint(
              "The "
                  + what
                  + "s of \""
                  + bucket.name()
                  + "\" are text. Create a bucket WITH ("
                  + what
                  + " = 'bytea') for other bytes.");
    }
  }

  private static void checkLength(BucketDefinition bucket, byte[] key, byte[] value) {
    if (key.length > LONGEST_KEY || value.length > LONGEST_VALUE) {
      String what =
          key.length > LONGEST_KEY
              ? "key of " + key.length + " bytes, more than the " + LONGEST_KEY
              : "value of " + value.length + " bytes, more than the " + LONGEST_VALUE;
      throw new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "An entry for \"" + bucket.name() + "\" has a " + what + " that are possible")
          .withHint("Keep large contents in a collection, or elsewhere and their address here.");
    }
  }

  /** Removes an entry, if there is one. */
  public void delete(Transaction transaction, BucketDefinition bucket, byte[] key) {
    noteIfWanted(transaction, bucket, key, null);
    transaction.clear(new BucketKeys(kv, bucket).entry(key));
  }

  private void noteIfWanted(
      Transaction transaction, BucketDefinition bucket, byte[] key, @Nullable BucketEntry after) {
    if (deltas.wanted(transaction, bucket)) {
      BucketEntry before = get(transaction, bucket, key, Long.MIN_VALUE).orElse(null);
      deltas.note(transaction, bucket, before, after);
    }
  }

  /** Removes all entries; where a view reads the bucket, as many as a transaction can name. */
  public void clear(Transaction transaction, BucketDefinition bucket) {
    var keys = new BucketKeys(kv, bucket);
    if (deltas.wanted(transaction, bucket)) {
      deltas.noteGone(
          transaction, bucket, scan(transaction, bucket, KeySpan.ALL, false, Long.MIN_VALUE));
    }
    transaction.clear(keys.of(KeySpan.ALL));
    transaction.clear(keys.ends());
  }

  /**
   * Writes or removes an entry if its value is what is expected.
   *
   * @param expected the value that must be there, or null for none
   * @param update the entry to write; null removes what is there
   * @return whether it was so
   */
  public boolean compareAndSet(
      Transaction transaction,
      BucketDefinition bucket,
      byte[] key,
      @Nullable Object expected,
      @Nullable BucketEntry update,
      long nowMicros) {
    Object found = get(transaction, bucket, key, nowMicros).map(BucketEntry::value).orElse(null);
    if (!same(found, expected)) {
      return false;
    }
    if (update == null) {
      delete(transaction, bucket, key);
    } else {
      put(transaction, bucket, update);
    }
    return true;
  }

  private static boolean same(@Nullable Object found, @Nullable Object expected) {
    if (found instanceof byte[] a && expected instanceof byte[] b) {
      return Arrays.equals(a, b);
    }
    return Objects.equals(found, expected);
  }

  /** The error for a bucket that was taken for one of counters. */
  public static CaissonException noCounters(BucketDefinition bucket) {
    return new CaissonException(
            SqlState.WRONG_OBJECT_TYPE, "bucket \"" + bucket.name() + "\" holds no counters")
        .withHint("Create a bucket WITH (value = 'bigint').");
  }

  /** What a counter is changed with. */
  public enum Change {
    /** The sum; beyond 64 bits it wraps around. */
    ADD,
    /** The larger of both. */
    MAX,
    /** The smaller of both. */
    MIN;

    private long apply(long value, long operand) {
      return switch (this) {
        case ADD -> value + operand;
        case MAX -> Math.max(value, operand);
        case MIN -> Math.min(value, operand);
      };
    }
  }

  /**
   * Changes a counter; one that is not there becomes the operand. In a bucket whose entries end, or
   * that a view reads, it reads the counter, to know whether it still counts and what it was, and
   * leaves its end as it is.
   *
   * @throws CaissonException 42809 where the bucket has no counters; 54001 for a long key
   */
  public void change(
      Transaction transaction,
      BucketDefinition bucket,
      byte[] key,
      Change change,
      long operand,
      long nowMicros) {
    if (!bucket.counts()) {
      throw noCounters(bucket);
    }
    boolean ends = bucket.ttlMicros() > 0;
    if (ends || deltas.wanted(transaction, bucket)) {
      long end = ends ? nowMicros + bucket.ttlMicros() : BucketEntry.NEVER;
      Optional<BucketEntry> found = get(transaction, bucket, key, nowMicros);
      put(
          transaction,
          bucket,
          found.isPresent()
              ? new BucketEntry(
                  key,
                  change.apply((Long) found.get().value(), operand),
                  found.get().expiresMicros())
              : new BucketEntry(key, operand, end));
      return;
    }
    byte[] packed = new BucketKeys(kv, bucket).entry(key);
    checkLength(bucket, packed, NOTHING);
    switch (change) {
      case ADD -> {
        // A sum is as long as what is added: of a counter that was there the zero is cut off again.
        transaction.mutate(MutationType.APPEND_IF_FITS, packed, BucketValues.ZERO);
        transaction.mutate(MutationType.ADD, packed, BucketValues.littleEndian(operand));
      }
      case MAX -> transaction.mutate(MutationType.MAX, packed, BucketValues.counter(operand));
      case MIN -> transaction.mutate(MutationType.MIN, packed, BucketValues.counter(operand));
    }
  }

  /** Entries in the order of their keys, or the other way round, as of the read version. */
  public Iterator<BucketEntry> scan(
      ReadTransaction transaction,
      BucketDefinition bucket,
      KeySpan span,
      boolean reverse,
      long nowMicros) {
    var keys = new BucketKeys(kv, bucket);
    AsyncIterator<KeyValue> found = entries(transaction, keys.of(span), reverse);
    return new Iterator<>() {
      private @Nullable BucketEntry next;

      @Override
      public boolean hasNext() {
        while (next == null && found.hasNext()) {
          KeyValue stored = found.next();
          BucketEntry entry = decode(bucket, keys, stored.getKey(), stored.getValue());
          next = entry.isOver(nowMicros) ? null : entry;
        }
        return next != null;
      }

      @Override
      public BucketEntry next() {
        if (!hasNext() || next == null) {
          throw new NoSuchElementException();
        }
        BucketEntry entry = next;
        next = null;
        return entry;
      }
    };
  }

  /**
   * A piece of a bucket, for scans that may outlast a transaction.
   *
   * @param limit how many entries at most, those that are over included
   * @param byteBudget about how many bytes to read; one entry is read always
   */
  public BucketPage page(
      ReadTransaction transaction,
      BucketDefinition bucket,
      KeySpan span,
      boolean reverse,
      int limit,
      int byteBudget) {
    var keys = new BucketKeys(kv, bucket);
    AsyncIterator<KeyValue> stored = entries(transaction, keys.of(span), reverse);
    try {
      var found = new ArrayList<BucketEntry>();
      long bytes = 0;
      while (bytes < byteBudget && found.size() < limit && stored.hasNext()) {
        KeyValue entry = stored.next();
        found.add(decode(bucket, keys, entry.getKey(), entry.getValue()));
        bytes += entry.getKey().length + entry.getValue().length;
      }
      byte[] last = found.isEmpty() ? null : found.get(found.size() - 1).key();
      return new BucketPage(found, stored.hasNext() ? last : null);
    } finally {
      stored.cancel();
    }
  }

  private static AsyncIterator<KeyValue> entries(
      ReadTransaction transaction, Range range, boolean reverse) {
    return transaction
        .getRange(range, ReadTransaction.ROW_LIMIT_UNLIMITED, reverse, StreamingMode.SERIAL)
        .iterator();
  }

  private static BucketEntry decode(
      BucketDefinition bucket, BucketKeys keys, byte[] key, byte[] value) {
    try {
      return BucketValues.decode(bucket, keys.key(key), value);
    } catch (IllegalArgumentException e) {
      throw Corruption.of(
          "The entry of bucket \"" + bucket.name() + "\" at key " + ByteArrayUtil.printable(key),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /**
   * A future that completes when an entry changes after the transaction has committed. A value that
   * is changed and changed back before anyone looks may go unnoticed.
   */
  public CompletableFuture<Void> watch(
      Transaction transaction, BucketDefinition bucket, byte[] key) {
    return transaction.watch(new BucketKeys(kv, bucket).entry(key));
  }

  /**
   * Clears entries that are over.
   *
   * @param limit how many at most
   * @return how many it looked at; fewer than the limit where no more are left
   */
  public int clearEnded(
      Transaction transaction, BucketDefinition bucket, long nowMicros, int limit) {
    var keys = new BucketKeys(kv, bucket);
    List<KeyValue> due =
        transaction
            .snapshot()
            .getRange(keys.endsBy(nowMicros), limit, false, StreamingMode.WANT_ALL)
            .asList()
            .join();
    var entries = new ArrayList<CompletableFuture<byte[]>>();
    due.forEach(end -> entries.add(transaction.get(keys.entry(keys.endingKey(end.getKey())))));
    for (int i = 0; i < due.size(); i++) {
      byte[] end = due.get(i).getKey();
      byte[] packed = keys.entry(keys.endingKey(end));
      byte[] value = entries.get(i).join();
      // The entry may have been written anew since, with another end.
      BucketEntry entry = value == null ? null : decode(bucket, keys, packed, value);
      if (entry != null && entry.isOver(nowMicros)) {
        if (deltas.wanted(transaction, bucket)) {
          deltas.note(transaction, bucket, entry, null);
        }
        transaction.clear(packed);
      }
      transaction.clear(end);
    }
    return due.size();
  }

  /** When the next entry of a bucket ends, in microseconds since 1970; empty where none does. */
  public OptionalLong nextEnd(ReadTransaction transaction, BucketDefinition bucket) {
    var keys = new BucketKeys(kv, bucket);
    List<KeyValue> first =
        transaction
            .snapshot()
            .getRange(keys.ends(), 1, false, StreamingMode.WANT_ALL)
            .asList()
            .join();
    return first.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(keys.endOf(first.get(0).getKey()));
  }
}

package io.caisson.model.document;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.subspace.Subspace;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.catalog.IndexDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.change.Deltas;
import io.caisson.model.codec.Corruption;
import io.caisson.model.json.JsonWriter;
import io.caisson.model.json.MergePatch;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.table.RowIndexes;
import io.caisson.model.table.TableCursor;
import io.caisson.model.table.TableRead;
import io.caisson.model.table.TableStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents of the collections of a database, in the order of their ids. Every change reads what it
 * changes, so two that change the same document conflict. Thread-safe.
 */
public final class DocumentStore {
  /** The most bytes that a document may have as JSON text: with its keys it fits a transaction. */
  public static final int LONGEST_DOCUMENT = 8 << 20;

  /** The most bytes that an id may have in UTF-8. */
  public static final int LONGEST_ID = 1_000;

  private final Subspace docs;
  private final DocumentIndexes indexes;
  private final RowIndexes rowIndexes;
  private final StatisticsStore statistics;
  private final CatalogStore catalog;
  private final Deltas deltas;

  /** The collections of a database whose indexes have no expressions. */
  public DocumentStore(DatabaseKeyspace keyspace, CatalogStore catalog) {
    this(keyspace, catalog, new RowIndexes(new TableStore(keyspace)));
  }

  /**
   * The collections of a database.
   *
   * @param keyspace its keys
   * @param catalog says which indexes a collection has at the moment of a change
   * @param rowIndexes keeps the indexes that SQL made
   */
  public DocumentStore(DatabaseKeyspace keyspace, CatalogStore catalog, RowIndexes rowIndexes) {
    this.rowIndexes = rowIndexes;
    docs = keyspace.docs();
    indexes = new DocumentIndexes(keyspace.index());
    statistics = new StatisticsStore(keyspace);
    this.catalog = catalog;
    deltas = new Deltas(keyspace, catalog);
  }

  /**
   * A document made of members.
   *
   * @param id its id; a member {@code _id} must be the same
   * @throws CaissonException 42804 for a value that JSON can't hold; 54001 for one that is too
   *     large; 22023 for a bad id
   */
  public static StoredDocument document(String id, Map<?, ?> members) {
    checkId(id);
    var content = new LinkedHashMap<Object, @Nullable Object>(members);
    Object inner = content.remove(CollectionDefinition.ID_NAME);
    if (inner != null && !inner.equals(id)) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER,
              "the document says that its _id is " + inner + ", not \"" + id + "\"")
          .withHint("Leave _id out of the document, or give the same one: an id never changes.");
    }
    byte[] json = JsonWriter.write(content).getBytes(StandardCharsets.UTF_8);
    if (json.length > LONGEST_DOCUMENT) {
      throw new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "Document \""
                  + id
                  + "\" takes "
                  + json.length
                  + " bytes, more than the "
                  + LONGEST_DOCUMENT
                  + " that it may")
          .withHint("Split it, or keep large contents elsewhere and their address here.");
    }
    return new StoredDocument(id, json);
  }

  private static void checkId(String id) {
    int length = id.getBytes(StandardCharsets.UTF_8).length;
    if (id.isEmpty() || length > LONGEST_ID) {
      throw new CaissonException(
              id.isEmpty() ? SqlState.INVALID_PARAMETER : SqlState.ROW_TOO_LARGE,
              "an _id has 1 to " + LONGEST_ID + " bytes, this one has " + length)
          .withHint("Leave it out, and the document gets one.");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "an _id holds half of a character (an unpaired surrogate)");
    }
  }

  /**
   * Adds a document.
   *
   * @throws CaissonException 23505 where there is one with its id
   */
  public void insert(
      Transaction transaction, CollectionDefinition collection, StoredDocument document) {
    if (get(transaction, collection, document.id()).isPresent()) {
      throw new CaissonException(
              SqlState.UNIQUE_VIOLATION,
              "A document with _id '"
                  + document.id()
                  + "' exists already in \""
                  + collection.name()
                  + "\"")
          .withHint("The _id of a document must be its own.");
    }
    write(transaction, collection, null, document);
  }

  /** Adds a document, or replaces the one with its id; answers whether there was one. */
  public boolean put(
      Transaction transaction, CollectionDefinition collection, StoredDocument document) {
    Optional<StoredDocument> before = get(transaction, collection, document.id());
    write(transaction, collection, before.orElse(null), document);
    return before.isPresent();
  }

  /** Replaces the document with the same id; false where there is none. */
  public boolean replace(
      Transaction transaction, CollectionDefinition collection, StoredDocument document) {
    Optional<StoredDocument> before = get(transaction, collection, document.id());
    before.ifPresent(old -> write(transaction, collection, old, document));
    return before.isPresent();
  }

  /** Changes parts of a document as {@link MergePatch} says; false where there is none. */
  public boolean patch(
      Transaction transaction, CollectionDefinition collection, String id, Map<?, ?> patch) {
    Optional<StoredDocument> before = get(transaction, collection, id);
    before.ifPresent(
        old ->
            write(
                transaction,
                collection,
                old,
                document(id, MergePatch.apply(old.members(), patch))));
    return before.isPresent();
  }

  /** Removes a document; false where there is none. */
  public boolean delete(Transaction transaction, CollectionDefinition collection, String id) {
    Optional<StoredDocument> before = get(transaction, collection, id);
    before.ifPresent(old -> write(transaction, collection, old, null));
    return before.isPresent();
  }

  /**
   * Removes all documents; where a view reads the collection, as many as a transaction can name.
   */
  public void clear(Transaction transaction, CollectionDefinition collection) {
    if (deltas.wanted(transaction, collection)) {
      scan(transaction, collection, IdRange.ALL)
          .forEachRemaining(
              document ->
                  deltas.note(
                      transaction,
                      collection,
                      DocumentRows.of(collection, document),
                      DocumentRows.of(collection, null)));
    }
    transaction.clear(new DocumentKeys(docs, collection).of(IdRange.ALL));
    CollectionDefinition now = catalog.current(transaction, collection);
    now.pathIndexes().forEach(index -> indexes.clear(transaction, now, index));
    rowIndexes.clear(transaction, now);
    statistics.clear(transaction, collection.id());
  }

  private void write(
      Transaction transaction,
      CollectionDefinition collection,
      @Nullable StoredDocument before,
      @Nullable StoredDocument after) {
    CollectionDefinition now = catalog.current(transaction, collection);
    indexes.change(transaction, now, before, after);
    if (!now.indexes().isEmpty()) {
      rowIndexes.change(
          transaction, now, DocumentRows.of(now, before), DocumentRows.of(now, after));
    }
    var keys = new DocumentKeys(docs, collection);
    if (after != null) {
      DocumentParts.write(transaction, keys, after, before == null ? 0 : before.json().length);
    } else if (before != null) {
      transaction.clear(keys.of(before.id()));
    }
    if (deltas.wanted(transaction, collection)) {
      deltas.note(
          transaction,
          collection,
          DocumentRows.of(collection, before),
          DocumentRows.of(collection, after));
    }
    Counts change = counts(after).minus(counts(before));
    statistics.add(transaction, collection.id(), 0, change);
  }

  private static Counts counts(@Nullable StoredDocument document) {
    return document == null
        ? Counts.NONE
        : new Counts(1, document.json().length, DocumentParts.keys(document.json().length));
  }

  /** Finds a document. */
  public Optional<StoredDocument> get(
      ReadTransaction transaction, CollectionDefinition collection, String id) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    var keys = new DocumentKeys(docs, collection);
    AsyncIterator<KeyValue> entries = entries(transaction, keys.of(id));
    return Optional.ofNullable(DocumentParts.read(keys, entries));
  }

  /** Documents in the order of their ids, as of the transaction's read version. */
  public Iterator<StoredDocument> scan(
      ReadTransaction transaction, CollectionDefinition collection, IdRange part) {
    var keys = new DocumentKeys(docs, collection);
    AsyncIterator<KeyValue> entries = entries(transaction, keys.of(part));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public StoredDocument next() {
        StoredDocument document = DocumentParts.read(keys, entries);
        if (document == null) {
          throw new NoSuchElementException();
        }
        return document;
      }
    };
  }

  /**
   * A piece of a collection, for scans that may outlast a transaction.
   *
   * @param after what the piece before said comes next, or null for the first
   * @param byteBudget about how many bytes to read; one document is read always
   */
  public DocumentPage page(
      ReadTransaction transaction,
      CollectionDefinition collection,
      IdRange part,
      @Nullable String after,
      int byteBudget) {
    var keys = new DocumentKeys(docs, collection);
    Range range = keys.of(after == null ? part : part.behind(after));
    AsyncIterator<KeyValue> entries = entries(transaction, range);
    try {
      var found = new ArrayList<StoredDocument>();
      long bytes = 0;
      while (bytes < byteBudget && entries.hasNext()) {
        StoredDocument document = DocumentParts.read(keys, entries);
        if (document != null) {
          found.add(document);
          bytes += document.id().length() + document.json().length;
        }
      }
      String last = found.isEmpty() ? null : found.get(found.size() - 1).id();
      return new DocumentPage(found, entries.hasNext() ? last : null);
    } finally {
      entries.cancel();
    }
  }

  /**
   * Documents that an index finds, in the order of their ids.
   *
   * @param index an index of the collection that is readable
   * @param ranges where their values lie; documents a little outside may come too
   */
  public Iterator<StoredDocument> find(
      ReadTransaction transaction,
      CollectionDefinition collection,
      DocumentIndex index,
      List<ValueRange> ranges) {
    Iterator<String> ids = indexes.find(transaction, collection, index, ranges).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ids.hasNext();
      }

      @Override
      public StoredDocument next() {
        String id = ids.next();
        return get(transaction, collection, id)
            .orElseThrow(
                () ->
                    Corruption.of(
                        "Index \"" + index.name() + "\" of \"" + collection.name() + "\"",
                        "it has an entry for document \"" + id + "\", which is not there",
                        null));
      }
    };
  }

  /**
   * Enters a piece of a collection into an index that is built.
   *
   * @param after what the piece before said comes next, or null for the first
   * @param byteBudget about how many bytes of documents to read
   * @return behind which id the next piece begins, or null where this was the last
   */
  public @Nullable String enter(
      Transaction transaction,
      CollectionDefinition collection,
      DocumentIndex index,
      @Nullable String after,
      int byteBudget) {
    DocumentPage page = page(transaction, collection, IdRange.ALL, after, byteBudget);
    page.documents().forEach(d -> indexes.enter(transaction, collection, index, d));
    return page.next();
  }

  /**
   * Documents that an index of SQL finds, in its order, as rows.
   *
   * @param index the index to go by
   * @param read which of its entries
   * @param from where the read before ended
   */
  public TableCursor scan(
      ReadTransaction transaction,
      CollectionDefinition collection,
      IndexDefinition index,
      TableRead read,
      TableCursor.Position from) {
    CollectionDefinition now = catalog.current(transaction, collection);
    RowIndexes.Keys keys = rowIndexes.keys(transaction, now, index, read, from);
    return new DocumentCursor(this, transaction, now, index, keys);
  }

  /** The entries of a document, whose reading has begun. */
  AsyncIterator<KeyValue> begin(
      ReadTransaction transaction, CollectionDefinition collection, String id) {
    return entries(transaction, new DocumentKeys(docs, collection).of(id));
  }

  /** The document in entries; null where there is none. */
  @Nullable StoredDocument end(CollectionDefinition collection, AsyncIterator<KeyValue> entries) {
    return DocumentParts.read(new DocumentKeys(docs, collection), entries);
  }

  /** Removes all entries of an index. */
  public void clear(Transaction transaction, CollectionDefinition collection, DocumentIndex index) {
    indexes.clear(transaction, collection, index);
  }

  /** The definition of a collection as the transaction sees it. */
  public CollectionDefinition current(
      ReadTransaction transaction, CollectionDefinition collection) {
    return catalog.current(transaction, collection);
  }

  private static AsyncIterator<KeyValue> entries(ReadTransaction transaction, Range range) {
    return transaction
        .getRange(range, ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.SERIAL)
        .iterator();
  }
}

package io.caisson.model.document;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.change.RelationPage;
import io.caisson.model.json.JsonReader;
import io.caisson.model.json.JsonbText;
import io.caisson.model.row.MatchingRows;
import io.caisson.model.table.TableCursor;
import io.caisson.model.table.TableRead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collections as SQL sees them: rows of an id and a document, changed the way {@link
 * io.caisson.model.table.TableStore} changes the rows of tables. Thread-safe.
 */
public final class DocumentRows {
  private final DocumentStore documents;
  private final Supplier<String> ids;

  /**
   * The rows of a database's collections.
   *
   * @param documents where they are kept
   * @param ids ids for documents that come without one
   */
  public DocumentRows(DocumentStore documents, Supplier<String> ids) {
    this.documents = documents;
    this.ids = ids;
  }

  /**
   * Inserts documents. One whose id is NULL gets the id that it has as a member, or else a new one.
   *
   * @return the rows as they were stored
   * @throws CaissonException 23505 for an id that is there; 22P02 for what is no JSON object; and
   *     as {@link DocumentStore#document} does
   */
  public Columns insert(Transaction transaction, CollectionDefinition collection, Columns rows) {
    ColumnsBuilder stored = builder(collection);
    for (int row = 0; row < rows.size(); row++) {
      StoredDocument document = document(collection, rows, row);
      documents.insert(transaction, collection, document);
      add(document, stored);
    }
    return stored.build();
  }

  /** Removes documents, given as rows that were read in this transaction. */
  public void delete(Transaction transaction, CollectionDefinition collection, Columns rows) {
    for (int row = 0; row < rows.size(); row++) {
      boolean unused = documents.delete(transaction, collection, id(rows, row));
    }
  }

  /** Removes all documents. */
  public void truncate(Transaction transaction, CollectionDefinition collection) {
    documents.clear(transaction, collection);
  }

  /** Finds the stored documents that have the ids of the given rows. */
  public MatchingRows matching(
      ReadTransaction transaction, CollectionDefinition collection, Columns rows) {
    ColumnsBuilder found = builder(collection);
    int[] places = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < places.length; row++) {
      String id = idOrNull(rows, row);
      Optional<StoredDocument> document =
          id == null ? Optional.empty() : documents.get(transaction, collection, id);
      places[row] = document.isPresent() ? count++ : -1;
      document.ifPresent(known -> add(known, found));
    }
    return new MatchingRows(found.build(), places);
  }

  /**
   * Replaces documents, each by the one in the same place; its id may be another.
   *
   * @param before rows that were read in this transaction
   * @param after as many rows
   * @return the rows as they were stored
   * @throws CaissonException as {@link #insert} does; an id that another of the rows gives up is
   *     free
   */
  public Columns update(
      Transaction transaction, CollectionDefinition collection, Columns before, Columns after) {
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(before.size() + " rows become " + after.size());
    }
    for (int row = 0; row < after.size(); row++) {
      if (!id(before, row).equals(idOrNull(after, row))) {
        boolean unused = documents.delete(transaction, collection, id(before, row));
      }
    }
    ColumnsBuilder stored = builder(collection);
    for (int row = 0; row < after.size(); row++) {
      StoredDocument document = document(collection, after, row);
      if (id(before, row).equals(document.id())) {
        boolean unused = documents.put(transaction, collection, document);
      } else {
        documents.insert(transaction, collection, document);
      }
      add(document, stored);
    }
    return stored.build();
  }

  /** Rows as {@link #insert} would store them, with the ids that they will have. */
  public Columns identified(CollectionDefinition collection, Columns rows) {
    ColumnsBuilder identified = builder(collection);
    for (int row = 0; row < rows.size(); row++) {
      add(document(collection, rows, row), identified);
    }
    return identified.build();
  }

  private StoredDocument document(CollectionDefinition collection, Columns rows, int row) {
    var text = (BytesColumn) rows.column(CollectionDefinition.DOCUMENT);
    if (text.isNull(row)) {
      throw new CaissonException(
              SqlState.NOT_NULL_VIOLATION,
              "NULL in column \"doc\" of \"" + collection.name() + "\", row " + (row + 1))
          .withHint("The column is NOT NULL: give it a value.");
    }
    Object value;
    try {
      value = JsonReader.read(text.text(row));
    } catch (CaissonException e) {
      throw e.withPosition(null); // a place in the document, not in the statement
    }
    if (!(value instanceof Map<?, ?> members)) {
      throw new CaissonException(
              SqlState.INVALID_TEXT, "a document is a JSON object, not " + text.text(row))
          .withHint("Write its members between braces, as in {\"name\": \"value\"}.");
    }
    String id = idOrNull(rows, row);
    if (id == null) {
      Object inner = members.get(CollectionDefinition.ID_NAME);
      id = inner instanceof String given ? given : ids.get();
    }
    return DocumentStore.document(id, members);
  }

  private static String id(Columns rows, int row) {
    return ((BytesColumn) rows.column(CollectionDefinition.ID)).text(row);
  }

  private static @Nullable String idOrNull(Columns rows, int row) {
    return rows.column(CollectionDefinition.ID).isNull(row) ? null : id(rows, row);
  }

  /**
   * Reads a piece of a part of a collection, in the order of ids.
   *
   * @param after what the piece before said comes next, or null for the first
   * @param byteBudget about how many bytes to read; one document is read always
   */
  public RelationPage page(
      ReadTransaction transaction,
      CollectionDefinition collection,
      IdRange part,
      byte @Nullable [] after,
      int byteBudget) {
    String last = after == null ? null : new String(after, StandardCharsets.UTF_8);
    DocumentPage page = documents.page(transaction, collection, part, last, byteBudget);
    ColumnsBuilder rows = builder(collection);
    page.documents().forEach(document -> add(document, rows));
    String next = page.next();
    return new RelationPage(
        rows.build(), next == null ? null : next.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads documents on the way of an index of SQL, in chunks.
   *
   * @param read which of the index's entries
   * @param from where the read before ended
   */
  public TableCursor scan(
      ReadTransaction transaction,
      CollectionDefinition collection,
      TableRead read,
      TableCursor.Position from) {
    IndexDefinition index = read.index();
    if (index == null) {
      throw new IllegalArgumentException("documents in the order of their ids are read by page");
    }
    return documents.scan(transaction, collection, index, read, from);
  }

  /** A piece of a whole collection. */
  public RelationPage page(
      ReadTransaction transaction,
      CollectionDefinition collection,
      byte @Nullable [] after,
      int byteBudget) {
    return page(transaction, collection, IdRange.ALL, after, byteBudget);
  }

  /** A document as a row; no row for none. */
  static Columns of(CollectionDefinition collection, @Nullable StoredDocument document) {
    ColumnsBuilder rows = builder(collection);
    if (document != null) {
      add(document, rows);
    }
    return rows.build();
  }

  static ColumnsBuilder builder(CollectionDefinition collection) {
    return new ColumnsBuilder(collection.columns().stream().map(ColumnDefinition::type).toList());
  }

  static void add(StoredDocument document, ColumnsBuilder rows) {
    byte[] json = JsonbText.of(document.json());
    rows.column(CollectionDefinition.ID).addText(document.id());
    rows.column(CollectionDefinition.DOCUMENT).addBytes(json, 0, json.length);
  }
}

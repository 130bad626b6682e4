package io.caisson.engine.document;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.DocumentQuery;
import io.caisson.Filter;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.engine.filter.Conditions;
import io.caisson.engine.filter.Selection;
import io.caisson.model.document.DocumentPage;
import io.caisson.model.document.IdRange;
import io.caisson.model.document.StoredDocument;
import io.caisson.model.json.JsonPath;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query over a collection, which filters while it reads. For one thread. */
@SuppressWarnings("NullAway") // class files lose that the maps' values may be null
final class OpenDocumentQuery implements DocumentQuery {
  private static final int PAGE_BYTES = 512 << 10;

  private final OpenCollection collection;
  private final List<Filter> conditions;
  private final Selection<Found> selection = new Selection<>(Found::members);

  /** A document with its members, read once. */
  private record Found(StoredDocument document, Map<String, @Nullable Object> members) {
    static Found of(StoredDocument document) {
      return new Found(document, document.members());
    }
  }

  OpenDocumentQuery(OpenCollection collection, List<Filter> conditions) {
    this.collection = collection;
    this.conditions = conditions;
    var test = Conditions.all(conditions);
    selection.where(found -> test.test(found.members()));
  }

  @Override
  public DocumentQuery orderBy(String path) {
    selection.orderBy(JsonPath.parse(path), false);
    return this;
  }

  @Override
  public DocumentQuery orderByDescending(String path) {
    selection.orderBy(JsonPath.parse(path), true);
    return this;
  }

  @Override
  public DocumentQuery limit(int documents) {
    selection.limit(documents);
    return this;
  }

  @Override
  public List<Map<String, @Nullable Object>> execute() {
    return found().stream().map(Found::members).toList();
  }

  private List<Found> found() {
    return collection.scope().read(transaction -> selection.of(scan(transaction)));
  }

  private Iterator<Found> scan(ReadTransaction transaction) {
    Iterator<StoredDocument> documents = candidates(transaction);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return documents.hasNext();
      }

      @Override
      public Found next() {
        return Found.of(documents.next());
      }
    };
  }

  /** The documents that an index finds, or all. */
  private Iterator<StoredDocument> candidates(ReadTransaction transaction) {
    CollectionDefinition now = collection.store().current(transaction, collection.definition());
    Optional<IndexChoice> choice = IndexChoice.of(now, conditions);
    return choice.isPresent()
        ? collection.store().find(transaction, now, choice.get().index(), choice.get().ranges())
        : collection.store().scan(transaction, now, IdRange.ALL);
  }

  @Override
  public Optional<Map<String, @Nullable Object>> first() {
    return limit(1).execute().stream().findFirst();
  }

  @Override
  public long count() {
    return collection.scope().read(transaction -> selection.count(scan(transaction)));
  }

  /** What to do with a document that was found. */
  private interface Change {
    void apply(Transaction transaction, String id);
  }

  @Override
  public long delete() {
    return change(
        (transaction, id) -> {
          boolean unused = collection.store().delete(transaction, collection.definition(), id);
        });
  }

  @Override
  public long patch(Map<String, ? extends @Nullable Object> changes) {
    return change(
        (transaction, id) -> {
          boolean unused =
              collection.store().patch(transaction, collection.definition(), id, changes);
        });
  }

  private long change(Change change) {
    if (!selection.isWhole()) {
      return collection.scope().change(transaction -> changeSelected(transaction, change));
    }
    long changed = 0;
    String after = null;
    do {
      String from = after;
      Changed page = collection.scope().change(tr -> changePage(tr, from, change));
      changed += page.documents();
      after = page.next();
    } while (after != null);
    return changed;
  }

  /** What a limit says can only be told of all documents at one moment. */
  private long changeSelected(Transaction transaction, Change change) {
    List<Found> selected = selection.of(scan(transaction));
    selected.forEach(found -> change.apply(transaction, found.document().id()));
    return selected.size();
  }

  /** How many documents of a page were changed, and behind which id the next one begins. */
  private record Changed(int documents, @Nullable String next) {}

  private Changed changePage(Transaction transaction, @Nullable String after, Change change) {
    DocumentPage page =
        collection
            .store()
            .page(transaction, collection.definition(), IdRange.ALL, after, PAGE_BYTES);
    int changed = 0;
    for (StoredDocument document : page.documents()) {
      if (selection.test(Found.of(document))) {
        change.apply(transaction, document.id());
        changed++;
      }
    }
    return new Changed(changed, page.next());
  }
}

package io.caisson.engine.document;

import io.caisson.DocumentCollection;
import io.caisson.DocumentQuery;
import io.caisson.Filter;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.engine.scope.Scope;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.document.DocumentStore;
import io.caisson.model.document.IdRange;
import io.caisson.model.document.StoredDocument;
import io.caisson.model.json.JsonReader;
import io.caisson.model.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A collection whose changes go where its scope says. As thread-safe as that. */
final class OpenCollection implements DocumentCollection {
  private final Collections collections;
  private final CollectionDefinition definition;
  private final Scope scope;

  OpenCollection(Collections collections, CollectionDefinition definition, Scope scope) {
    this.collections = collections;
    this.definition = definition;
    this.scope = scope;
  }

  DocumentStore store() {
    return collections.store();
  }

  CollectionDefinition definition() {
    return definition;
  }

  Scope scope() {
    return scope;
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public String insert(Map<String, ? extends @Nullable Object> document) {
    return insertMembers(document);
  }

  @Override
  public String insertJson(String json) {
    return insertMembers(parse(json));
  }

  private String insertMembers(Map<?, ?> members) {
    Object given = members.get(CollectionDefinition.ID_NAME);
    if (given != null && !(given instanceof String)) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER, "the _id of a document is a text, not " + given)
          .withHint("Write it as text, or leave it out, and the document gets one.");
    }
    String id = given == null ? collections.ids().get() : (String) given;
    StoredDocument document = DocumentStore.document(id, members);
    return scope.change(
        transaction -> {
          store().insert(transaction, definition, document);
          return id;
        });
  }

  private static Map<?, ?> parse(String json) {
    if (JsonReader.read(json) instanceof Map<?, ?> members) {
      return members;
    }
    throw new CaissonException(SqlState.INVALID_TEXT, "a document is a JSON object, not " + json)
        .withHint("Write its members between braces, as in {\"name\": \"value\"}.");
  }

  @Override
  @SuppressWarnings("NullAway") // class files lose that the map's values may be null
  public Optional<Map<String, @Nullable Object>> get(String id) {
    return stored(id).map(StoredDocument::members);
  }

  @Override
  public Optional<String> getJson(String id) {
    return get(id).map(JsonWriter::write);
  }

  private Optional<StoredDocument> stored(String id) {
    return scope.read(transaction -> store().get(transaction, definition, id));
  }

  @Override
  public boolean put(String id, Map<String, ? extends @Nullable Object> document) {
    return putMembers(id, document);
  }

  @Override
  public boolean putJson(String id, String json) {
    return putMembers(id, parse(json));
  }

  private boolean putMembers(String id, Map<?, ?> members) {
    StoredDocument document = DocumentStore.document(id, members);
    return scope.change(transaction -> store().put(transaction, definition, document));
  }

  @Override
  public boolean replace(String id, Map<String, ? extends @Nullable Object> members) {
    StoredDocument document = DocumentStore.document(id, members);
    return scope.change(transaction -> store().replace(transaction, definition, document));
  }

  @Override
  public boolean patch(String id, Map<String, ? extends @Nullable Object> changes) {
    return scope.change(transaction -> store().patch(transaction, definition, id, changes));
  }

  @Override
  public boolean patchJson(String id, String json) {
    Map<?, ?> changes = parse(json);
    return scope.change(transaction -> store().patch(transaction, definition, id, changes));
  }

  @Override
  public boolean delete(String id) {
    return scope.change(transaction -> store().delete(transaction, definition, id));
  }

  @Override
  public void createIndex(String indexName, String path) {
    indexBuild().create(indexName, path);
  }

  @Override
  public boolean dropIndex(String indexName) {
    return indexBuild().drop(indexName);
  }

  private IndexBuild indexBuild() {
    if (!scope.ownTransactions()) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED, "indexes can't be made or dropped in a transaction")
          .withHint("Do it outside: an index is built while the collection is written to.");
    }
    return new IndexBuild(collections, definition, scope);
  }

  @Override
  public Map<String, String> indexes() {
    var paths = new TreeMap<String, String>();
    for (DocumentIndex index : scope.read(tr -> store().current(tr, definition)).pathIndexes()) {
      if (index.readable()) {
        paths.put(index.name(), index.path());
      }
    }
    return paths;
  }

  @Override
  public DocumentQuery find(Filter... conditions) {
    return new OpenDocumentQuery(this, List.of(conditions));
  }

  @Override
  public long count() {
    return scope.read(
        transaction -> {
          long count = 0;
          var found = store().scan(transaction, definition, IdRange.ALL);
          while (found.hasNext()) {
            var unused = found.next();
            count++;
          }
          return count;
        });
  }
}

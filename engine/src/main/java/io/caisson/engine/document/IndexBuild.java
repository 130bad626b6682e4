package io.caisson.engine.document;

import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.engine.scope.Scope;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.json.JsonPath;
import org.jspecify.annotations.Nullable;

/**
 * Makes an index of a collection while it is written to, in three steps: the index is noted, so
 * that every change from then on enters it; the documents from before are entered in pages; the
 * index is noted as readable. What breaks off in between is taken up by making it again. For one
 * index.
 *
 * @param collections the collections
 * @param collection the collection
 * @param scope runs the steps, each in a transaction of its own
 */
record IndexBuild(Collections collections, CollectionDefinition collection, Scope scope) {
  private static final int PAGE_BYTES = 256 << 10;

  void create(String name, String path) {
    String normal = JsonPath.parse(path).toString();
    DocumentIndex index = scope.change(transaction -> note(transaction, name, normal));
    if (index.readable()) {
      return;
    }
    String next = null;
    do {
      String after = next;
      next =
          scope.<@Nullable String>change(
              tr -> {
                checkThere(tr, index);
                return collections.store().enter(tr, collection, index, after, PAGE_BYTES);
              });
    } while (next != null);
    boolean unused =
        scope.change(
            transaction -> {
              CollectionDefinition now = checkThere(transaction, index);
              collections.catalog().replace(transaction, now.with(index.asReadable()));
              return true;
            });
  }

  /**
   * The collection as it is now, with the index in it. One that was dropped meanwhile gets no more
   * entries, which the next index of its number would find, and does not come back.
   */
  private CollectionDefinition checkThere(
      com.apple.foundationdb.Transaction transaction, DocumentIndex index) {
    CollectionDefinition now = collections.catalog().current(transaction, collection);
    boolean there =
        now.pathIndex(index.name())
            .filter(known -> known.id() == index.id() && known.path().equals(index.path()))
            .isPresent();
    if (!there) {
      throw new CaissonException(
              SqlState.SERIALIZATION_FAILURE,
              "index \"" + index.name() + "\" of \"" + now.name() + "\" was dropped meanwhile")
          .withHint("Create it again.");
    }
    return now;
  }

  private DocumentIndex note(
      com.apple.foundationdb.Transaction transaction, String name, String path) {
    CollectionDefinition now = collections.catalog().current(transaction, collection);
    DocumentIndex known = now.pathIndex(name).orElse(null);
    if (known != null) {
      if (known.path().equals(path)) {
        return known;
      }
      throw new CaissonException(
              SqlState.DUPLICATE_OBJECT,
              "index \"" + name + "\" of \"" + now.name() + "\" is one of " + known.path())
          .withHint("Choose another name, or drop the old one first.");
    }
    var index = new DocumentIndex(now.nextNumber(), name, path, false);
    collections.catalog().replace(transaction, now.with(index));
    return index;
  }

  boolean drop(String name) {
    return scope.change(
        transaction -> {
          CollectionDefinition now = collections.catalog().current(transaction, collection);
          DocumentIndex index = now.pathIndex(name).orElse(null);
          if (index == null) {
            return false;
          }
          collections.store().clear(transaction, now, index);
          collections.catalog().replace(transaction, now.without(name));
          return true;
        });
  }
}

package io.caisson.model.catalog;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.Comments;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the indexes of materialized views in the catalog. An index has a number that no object
 * and no other index has or will have: the state of a view names its indexes by it. Thread-safe.
 */
public final class ViewIndexChanges {
  private final CatalogStore store;

  /** Changes of the views of a catalog. */
  public ViewIndexChanges(CatalogStore store) {
    this.store = store;
  }

  /** A number for an index. */
  static int number(CatalogStore store, Transaction transaction) {
    return Math.toIntExact(store.takeId(transaction));
  }

  /**
   * Adds an index that is still to be built.
   *
   * @param view the view's number
   * @return the view with the index, which comes last
   * @throws CaissonException UNDEFINED_OBJECT, if the view is gone; DUPLICATE_OBJECT, if the name
   *     is taken
   */
  public ViewDefinition add(Transaction transaction, long view, IndexDefinition index) {
    Catalog catalog = store.read(transaction);
    ViewDefinition before =
        find(catalog, view)
            .orElseThrow(
                () ->
                    new CaissonException(
                        SqlState.UNDEFINED_OBJECT,
                        "the materialized view of index \"" + index.name() + "\" was dropped"));
    CatalogRules.checkFree(index.name(), catalog);
    var indexes = new ArrayList<>(before.indexes());
    indexes.add(index.withId(number(store, transaction)));
    return put(transaction, catalog, before.withIndexes(indexes));
  }

  /**
   * Makes an index readable that holds all rows.
   *
   * @return the view as it is now; empty where it or the index is gone
   */
  public Optional<ViewDefinition> built(Transaction transaction, long view, int index) {
    Catalog catalog = store.read(transaction);
    Optional<ViewDefinition> before = find(catalog, view);
    return before
        .flatMap(found -> found.index(index))
        .map(found -> put(transaction, catalog, before.get().withIndex(found.asReadable())));
  }

  /**
   * Removes an index and the comment on it.
   *
   * @return the view as it is now; empty where it or the index is gone
   */
  public Optional<ViewDefinition> drop(Transaction transaction, long view, int index) {
    Catalog catalog = store.read(transaction);
    Optional<ViewDefinition> before = find(catalog, view);
    Optional<IndexDefinition> gone = before.flatMap(found -> found.index(index));
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    store.clearComment(transaction, Comments.Place.index(before.get(), gone.get()));
    List<IndexDefinition> rest =
        before.get().indexes().stream().filter(other -> other.id() != index).toList();
    return Optional.of(put(transaction, catalog, before.get().withIndexes(rest)));
  }

  private ViewDefinition put(Transaction transaction, Catalog catalog, ViewDefinition now) {
    store.put(transaction, now);
    store.changeVersion(transaction, catalog);
    return now;
  }

  private static Optional<ViewDefinition> find(Catalog catalog, long view) {
    return catalog
        .find(view)
        .filter(ViewDefinition.class::isInstance)
        .map(ViewDefinition.class::cast);
  }
}

package io.caisson.model.catalog;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.Comments;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.MovedIndexes;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewReplacement;
import io.caisson.catalog.ViewSettings;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Changes of materialized views in the catalog. Thread-safe.
 *
 * <pre>
 *   CREATE OR REPLACE        v → old                v$replacement → new, which replaces old
 *   when it has caught up    v → new                                  in one transaction
 * </pre>
 */
public final class ViewChanges {
  private final CatalogStore store;

  /** Changes of the views of a catalog. */
  public ViewChanges(CatalogStore store) {
    this.store = store;
  }

  /**
   * Adds the view that shall take the place of the one of its name. Whatever else was to take that
   * place does not any more.
   *
   * @return the definition with its number, under the name of a replacement
   * @throws CaissonException UNDEFINED_OBJECT, if there is no view of that name any more; and where
   *     {@link ViewReplacement#check} fails
   */
  public ViewDefinition beginReplacement(Transaction transaction, ViewDefinition definition) {
    Catalog catalog = store.read(transaction);
    ViewDefinition old = view(catalog, definition.name());
    ViewReplacement.check(old, definition.columns(), definition.inputs(), catalog);
    String name = definition.name() + ViewDefinition.REPLACEMENT_SUFFIX;
    CatalogObject pending = catalog.objects().get(name);
    if (pending != null) {
      store.remove(transaction, pending, catalog);
      store.changeVersion(transaction, catalog);
    }
    return store.create(
        transaction,
        definition
            .withName(name)
            .withSettings(definition.settings().withReplaces(old.id()))
            .withIndexes(
                MovedIndexes.atBirth(
                    old, definition.columns(), () -> ViewIndexChanges.number(store, transaction))));
  }

  /**
   * Puts a view in the place of the one that it replaces, whose data goes; does nothing where that
   * was done before.
   *
   * @param replacement the number of the new view
   * @return the new view under its name; empty where it was dropped meanwhile
   * @throws CaissonException where {@link ViewReplacement#check} fails by now
   */
  public Optional<ViewDefinition> swap(Transaction transaction, long replacement) {
    Catalog catalog = store.read(transaction);
    if (catalog.find(replacement).orElse(null) instanceof ViewDefinition done
        && !done.replacement()) {
      return Optional.of(done);
    }
    if (!(catalog.find(replacement).orElse(null) instanceof ViewDefinition made)
        || !(catalog.find(made.settings().replaces()).orElse(null) instanceof ViewDefinition old)) {
      return Optional.empty();
    }
    ViewReplacement.check(old, made.columns(), made.inputs(), catalog);
    store.remove(transaction, old, catalog);
    store.clearName(transaction, made.name());
    ViewDefinition named =
        made.withName(old.name())
            .withSettings(made.settings().withReplaces(0))
            .withIndexes(
                MovedIndexes.atSwap(old, made, () -> ViewIndexChanges.number(store, transaction)));
    store.put(transaction, named);
    for (CatalogObject reader : catalog.objects().values()) {
      if (reader instanceof PlainViewDefinition plain && plain.inputs().contains(old.id())) {
        List<Long> inputs =
            plain.inputs().stream().map(id -> id == old.id() ? named.id() : id).toList();
        store.put(
            transaction,
            new PlainViewDefinition(
                plain.id(), plain.name(), plain.columns(), plain.query(), inputs));
      }
    }
    moveComments(transaction, old, named, catalog);
    store.changeVersion(transaction, catalog);
    return Optional.of(named);
  }

  /** Comments stay with the view, and with its columns and indexes of the same names. */
  private void moveComments(
      Transaction transaction, ViewDefinition old, ViewDefinition named, Catalog catalog) {
    catalog
        .comments()
        .texts()
        .forEach(
            (place, text) -> {
              if (place.object() == old.id()) {
                number(place, old, named)
                    .ifPresent(
                        number ->
                            store.putComment(
                                transaction,
                                new Comments.Place(named.id(), place.part(), number),
                                text));
              }
            });
  }

  /** What the part of a view that has a comment is numbered in the view that takes its place. */
  private static OptionalInt number(
      Comments.Place place, ViewDefinition old, ViewDefinition named) {
    return switch (place.part()) {
      case OBJECT -> OptionalInt.of(0);
      case COLUMN -> {
        List<String> names = named.columns().stream().map(ColumnDefinition::name).toList();
        int position = names.indexOf(old.columns().get(place.number()).name());
        yield position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
      }
      case INDEX ->
          old.index(place.number()).stream()
              .flatMap(index -> named.index(index.name()).stream())
              .mapToInt(IndexDefinition::id)
              .findFirst();
    };
  }

  /**
   * Changes the settings of a view.
   *
   * @throws CaissonException UNDEFINED_OBJECT, if it is gone
   */
  public ViewDefinition alter(
      Transaction transaction, String name, UnaryOperator<ViewSettings> change) {
    Catalog catalog = store.read(transaction);
    ViewDefinition before = view(catalog, name);
    ViewDefinition after = before.withSettings(change.apply(before.settings()));
    store.put(transaction, after);
    store.changeVersion(transaction, catalog);
    return after;
  }

  private static ViewDefinition view(Catalog catalog, String name) {
    if (catalog.objects().get(name) instanceof ViewDefinition view) {
      return view;
    }
    throw new CaissonException(
        SqlState.UNDEFINED_OBJECT, "materialized view \"" + name + "\" does not exist");
  }
}

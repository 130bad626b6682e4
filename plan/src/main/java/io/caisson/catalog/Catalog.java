package io.caisson.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All objects of a database as they stood at one catalog version. Immutable.
 *
 * @param version grows with every change of a definition
 * @param objects the stored objects by name
 * @param comments what is noted about them
 * @param functions the functions that users have made, by name and then by arguments
 */
public record Catalog(
    long version,
    SortedMap<String, CatalogObject> objects,
    Comments comments,
    List<FunctionDefinition> functions) {
  /** Copies the collections. */
  public Catalog {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    functions =
        functions.stream().sorted(Comparator.comparing(FunctionDefinition::signature)).toList();
  }

  /** A catalog of the given objects. */
  public static Catalog of(long version, Collection<? extends CatalogObject> objects) {
    var byName = new TreeMap<String, CatalogObject>();
    objects.forEach(object -> byName.put(object.name(), object));
    return new Catalog(version, byName, Comments.NONE, List.of());
  }

  /** The same objects but one. */
  public Catalog without(CatalogObject object) {
    var rest = new TreeMap<>(objects);
    rest.remove(object.name());
    return new Catalog(version, rest, comments, functions);
  }

  /** The same objects with comments. */
  public Catalog withComments(Comments newComments) {
    return new Catalog(version, objects, newComments, functions);
  }

  /** The same objects with functions. */
  public Catalog withFunctions(List<FunctionDefinition> newFunctions) {
    return new Catalog(version, objects, comments, newFunctions);
  }

  /** The functions of a name. */
  public List<FunctionDefinition> functionsNamed(String name) {
    return functions.stream().filter(function -> function.name().equals(name)).toList();
  }

  /**
   * The object of a name; {@code v$late} and {@code v$errors} find the late rows of view v and
   * those that it failed on, where it has any.
   */
  public Optional<CatalogObject> find(String name) {
    CatalogObject object = objects.get(name);
    int suffix = name.lastIndexOf('$');
    if (object == null
        && suffix >= 0
        && objects.get(name.substring(0, suffix)) instanceof ViewDefinition view) {
      return view.parts().stream()
          .filter(part -> part.name().equals(name))
          .<CatalogObject>map(part -> part)
          .findFirst();
    }
    return Optional.ofNullable(object);
  }

  /** The names of the views that read an object, and of the changelogs that follow it. */
  public List<String> readersOf(long object) {
    return objects.values().stream()
        .filter(candidate -> candidate.reads().contains(object))
        .map(reader -> named(reader).name())
        .toList();
  }

  /** The subscription that a view has the rows of a table for; any other object itself. */
  public CatalogObject named(CatalogObject object) {
    return object instanceof ViewDefinition view && view.rowsOfTable()
        ? subscriptionsTo(view.id()).stream()
            .findFirst()
            .<CatalogObject>map(subscription -> subscription)
            .orElse(view)
        : object;
  }

  /** What a subscription follows, as people name it. */
  public CatalogObject followedBy(SubscriptionDefinition subscription) {
    CatalogObject source = find(subscription.source()).orElseThrow();
    return source instanceof ViewDefinition view && view.rowsOfTable()
        ? find(view.inputs().get(0)).orElseThrow()
        : source;
  }

  /** The views that read an object, or that read a view which does. */
  public Set<ViewDefinition> viewsOver(long object) {
    var found = new LinkedHashSet<ViewDefinition>();
    for (CatalogObject candidate : objects.values()) {
      if (candidate instanceof ViewDefinition view && view.inputs().contains(object)) {
        found.add(view);
        found.addAll(viewsOver(view.id()));
      }
    }
    return found;
  }

  /** Whether a materialized view takes in what an object gains and loses. */
  public boolean feedsViews(long object) {
    return objects.values().stream()
        .anyMatch(o -> o instanceof ViewDefinition view && view.inputs().contains(object));
  }

  /** The changelogs of a table. */
  public List<StreamDefinition> changelogsOf(long table) {
    return objects.values().stream()
        .filter(StreamDefinition.class::isInstance)
        .map(StreamDefinition.class::cast)
        .filter(stream -> stream.changelogOf().equals(OptionalLong.of(table)))
        .toList();
  }

  /** The subscriptions that follow an object. */
  public List<SubscriptionDefinition> subscriptionsTo(long object) {
    return objects.values().stream()
        .filter(SubscriptionDefinition.class::isInstance)
        .map(SubscriptionDefinition.class::cast)
        .filter(subscription -> subscription.source() == object)
        .toList();
  }

  /** The objects as one of them knows them: without the columns that came after it. */
  public Catalog asKnownTo(long object) {
    return of(
            version,
            objects.values().stream().map(candidate -> asKnownTo(candidate, object)).toList())
        .withComments(comments)
        .withFunctions(functions);
  }

  private static CatalogObject asKnownTo(CatalogObject candidate, long object) {
    if (candidate instanceof StreamDefinition stream) {
      return stream.asKnownTo(object);
    }
    return candidate instanceof TableDefinition table ? table.asKnownTo(object) : candidate;
  }

  /** The object of a number. */
  public Optional<CatalogObject> find(long id) {
    return objects.values().stream().filter(object -> object.id() == id).findFirst();
  }

  /**
   * The object that has an index of a name, among those that CREATE INDEX makes. A view that is to
   * take the place of another has no names for its indexes before that.
   */
  public Optional<IndexedRelation> objectOfIndex(String index) {
    return objects.values().stream()
        .filter(IndexedRelation.class::isInstance)
        .map(IndexedRelation.class::cast)
        .filter(object -> !(object instanceof ViewDefinition view && view.replacement()))
        .filter(object -> object.index(index).isPresent())
        .findFirst();
  }

  /** The tables that refer to a table, itself included where it does. */
  public List<TableDefinition> referringTo(long table) {
    return tables()
        .filter(other -> other.foreignKeys().stream().anyMatch(key -> key.table() == table))
        .toList();
  }

  private Stream<TableDefinition> tables() {
    return objects.values().stream()
        .filter(TableDefinition.class::isInstance)
        .map(TableDefinition.class::cast);
  }
}

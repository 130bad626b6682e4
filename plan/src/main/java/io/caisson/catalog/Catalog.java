package io.caisson.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All objects of a database as they stood at one catalog version. Immutable.
 *
 * @param version grows with every change of a definition
 * @param objects the stored objects by name
 */
public record Catalog(long version, SortedMap<String, CatalogObject> objects) {
  /** Copies the map. */
  public Catalog {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /** A catalog of the given objects. */
  public static Catalog of(long version, Collection<? extends CatalogObject> objects) {
    var byName = new TreeMap<String, CatalogObject>();
    objects.forEach(object -> byName.put(object.name(), object));
    return new Catalog(version, byName);
  }

  /** The object of a name; {@code v$late} finds the late rows of view v where v has windows. */
  public Optional<CatalogObject> find(String name) {
    CatalogObject object = objects.get(name);
    if (object == null && name.endsWith(LateRowsDefinition.SUFFIX)) {
      String viewName = name.substring(0, name.length() - LateRowsDefinition.SUFFIX.length());
      if (objects.get(viewName) instanceof ViewDefinition view && !view.lateColumns().isEmpty()) {
        return Optional.of(new LateRowsDefinition(view));
      }
    }
    return Optional.ofNullable(object);
  }

  /** The object of a number. */
  public Optional<CatalogObject> find(long id) {
    return objects.values().stream().filter(object -> object.id() == id).findFirst();
  }

  /** The table that has an index of a name. */
  public Optional<TableDefinition> tableOfIndex(String index) {
    return tables().filter(table -> table.index(index).isPresent()).findFirst();
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

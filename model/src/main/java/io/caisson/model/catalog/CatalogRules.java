package io.caisson.model.catalog;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ErrorRowsDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;
import java.util.stream.Collectors;

/** What one definition demands of the others when it comes, changes or goes. Stateless. */
final class CatalogRules {
  private CatalogRules() {}

  /** Fails where a relation has the name: indexes are relations too. */
  static void checkFree(String name, Catalog catalog) {
    if (catalog.find(name).isPresent() || catalog.objectOfIndex(name).isPresent()) {
      throw new CaissonException(SqlState.DUPLICATE_OBJECT, "\"" + name + "\" exists already")
          .withHint("Choose another name, or drop the old one first.");
    }
  }

  /** Names of what belongs to views are not given to anything else. */
  static void checkNotOfPart(String name) {
    for (String suffix : List.of(LateRowsDefinition.SUFFIX, ErrorRowsDefinition.SUFFIX)) {
      if (name.endsWith(suffix)) {
        throw new CaissonException(
                SqlState.INVALID_NAME,
                "\""
                    + name
                    + "\" can't be created: names that end with "
                    + suffix
                    + " are kept for rows of views")
            .withHint("Choose another name.");
      }
    }
  }

  static void checkInputs(CatalogObject definition, Catalog catalog) {
    for (long input : definition.reads()) {
      if (catalog.objects().values().stream().noneMatch(object -> object.id() == input)) {
        throw new CaissonException(
            SqlState.UNDEFINED_OBJECT,
            "\"" + definition.name() + "\" reads an object that was dropped meanwhile");
      }
      if (catalog.find(input).orElseThrow() instanceof ViewDefinition view && view.replacement()) {
        throw new CaissonException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "\"" + definition.name() + "\" can't read \"" + view.name() + "\"")
            .withHint("It is about to take another name: wait until it has.");
      }
    }
  }

  /** What a materialized view is computed from must stay what it is, through other views too. */
  static void checkNotKept(PlainViewDefinition replaced, CatalogObject read, Catalog catalog) {
    for (CatalogObject reader : catalog.objects().values()) {
      if (!reader.reads().contains(read.id())) {
        continue;
      }
      if (reader instanceof ViewDefinition) {
        throw new CaissonException(
                SqlState.DEPENDENT_OBJECTS,
                "\""
                    + replaced.name()
                    + "\" can't be replaced: materialized view \""
                    + reader.name()
                    + "\" is computed from it")
            .withHint("Drop \"" + reader.name() + "\" first, and create it again after.");
      }
      checkNotKept(replaced, reader, catalog);
    }
  }

  /**
   * Fails where a view reads the object.
   *
   * @throws CaissonException DEPENDENT_OBJECTS, naming the views
   */
  static void checkNotRead(CatalogObject object, Catalog catalog) {
    List<String> readers = catalog.readersOf(object.id());
    if (!readers.isEmpty()) {
      String views = readers.stream().map(r -> "\"" + r + "\"").collect(Collectors.joining(", "));
      throw new CaissonException(
              SqlState.DEPENDENT_OBJECTS,
              "\""
                  + object.name()
                  + "\" can't be dropped: "
                  + views
                  + (readers.size() == 1 ? " reads" : " read")
                  + " it")
          .withHint("Drop " + views + " first.");
    }
  }

  static void checkNotReferredTo(CatalogObject object, Catalog catalog) {
    String constraints =
        catalog.referringTo(object.id()).stream()
            .filter(table -> table.id() != object.id())
            .flatMap(
                table ->
                    table.foreignKeys().stream()
                        .filter(key -> key.table() == object.id())
                        .map(key -> "\"" + key.name() + "\" of \"" + table.name() + "\""))
            .collect(Collectors.joining(", "));
    if (!constraints.isEmpty()) {
      throw new CaissonException(
              SqlState.DEPENDENT_OBJECTS,
              "\""
                  + object.name()
                  + "\" can't be dropped: foreign key "
                  + constraints
                  + " needs it")
          .withHint("Drop the constraint first, with ALTER TABLE ... DROP CONSTRAINT.");
    }
  }
}

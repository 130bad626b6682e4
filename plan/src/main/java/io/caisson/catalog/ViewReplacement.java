package io.caisson.catalog;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What may take the place of a view, so that whoever reads it finds what it was made for. */
public final class ViewReplacement {
  private ViewReplacement() {}

  /**
   * Fails where a materialized view can't be replaced. Materialized views over it have its query in
   * theirs; plain views look its columns up.
   *
   * @param old the view
   * @param columns the columns of the new one
   * @param inputs the numbers of what the new one reads
   * @throws CaissonException DEPENDENT_OBJECTS, naming the materialized views that are computed
   *     from it, or the indexes on columns that the new one does not have; INVALID_DEFINITION,
   *     where plain views read it and would miss a column; INVALID_RECURSION, where the new one
   *     reads it
   */
  public static void check(
      ViewDefinition old,
      List<ColumnDefinition> columns,
      Collection<Long> inputs,
      Catalog catalog) {
    if (inputs.stream().anyMatch(input -> reads(input, old.id(), catalog))) {
      throw new CaissonException(
              SqlState.INVALID_RECURSION,
              "the new query of \"" + old.name() + "\" reads \"" + old.name() + "\" itself")
          .withHint("Let it read what the old query reads.");
    }
    List<SubscriptionDefinition> followers = catalog.subscriptionsTo(old.id());
    if (!followers.isEmpty()) {
      String names =
          followers.stream().map(s -> "\"" + s.name() + "\"").collect(Collectors.joining(", "));
      throw new CaissonException(
              SqlState.DEPENDENT_OBJECTS,
              "\""
                  + old.name()
                  + "\" can't be replaced: subscription"
                  + (followers.size() == 1 ? " " : "s ")
                  + names
                  + (followers.size() == 1 ? " follows" : " follow")
                  + " it")
          .withHint(
              "Drop " + names + " first: a new query's rows are no changes of the old one's.");
    }
    var kept = new TreeSet<String>();
    addKept(old, catalog, kept);
    if (!kept.isEmpty()) {
      String names = kept.stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
      String them = kept.size() == 1 ? "it" : "them";
      throw new CaissonException(
              SqlState.DEPENDENT_OBJECTS,
              "\""
                  + old.name()
                  + "\" can't be replaced: materialized view"
                  + (kept.size() == 1 ? " " : "s ")
                  + names
                  + (kept.size() == 1 ? " is" : " are")
                  + " computed from it")
          .withHint("Drop " + names + " first, and create " + them + " again after.");
    }
    MovedIndexes.check(old, columns);
    if (!catalog.readersOf(old.id()).isEmpty()) {
      checkColumns(old.columns(), columns);
    }
  }

  private static boolean reads(long reader, long object, Catalog catalog) {
    return reader == object
        || catalog.find(reader).stream()
            .flatMap(found -> found.reads().stream())
            .anyMatch(input -> reads(input, object, catalog));
  }

  private static void addKept(CatalogObject read, Catalog catalog, Set<String> kept) {
    for (CatalogObject reader : catalog.objects().values()) {
      if (reader.reads().contains(read.id())) {
        if (reader instanceof ViewDefinition) {
          kept.add(reader.name());
        }
        addKept(reader, catalog, kept);
      }
    }
  }

  /**
   * Fails unless all columns of a view are columns of the new one too; it may have more behind
   * them.
   *
   * @throws CaissonException INVALID_DEFINITION
   */
  public static void checkColumns(List<ColumnDefinition> before, List<ColumnDefinition> after) {
    if (after.size() < before.size()) {
      throw new CaissonException(SqlState.INVALID_DEFINITION, "cannot drop columns from view");
    }
    for (int i = 0; i < before.size(); i++) {
      ColumnDefinition old = before.get(i);
      ColumnDefinition now = after.get(i);
      if (!old.name().equals(now.name())) {
        throw new CaissonException(
            SqlState.INVALID_DEFINITION,
            "cannot change name of view column \"" + old.name() + "\" to \"" + now.name() + "\"");
      }
      if (!old.type().withNullable(true).equals(now.type().withNullable(true))) {
        throw new CaissonException(
            SqlState.INVALID_DEFINITION,
            "cannot change data type of view column \""
                + old.name()
                + "\" from "
                + old.type().sql()
                + " to "
                + now.type().sql());
      }
    }
  }
}

package io.caisson.catalog;

import io.caisson.catalog.IndexDefinition.ColumnKey;
import io.caisson.catalog.IndexDefinition.IndexKey;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * The indexes of a view on the view that takes its place: on the columns of the same names,
 * wherever these are now. Stateless.
 */
public final class MovedIndexes {
  private MovedIndexes() {}

  /**
   * Fails where an index is on a column that the new view does not have.
   *
   * @throws CaissonException DEPENDENT_OBJECTS, naming all of these indexes
   */
  static void check(ViewDefinition old, List<ColumnDefinition> columns) {
    List<String> names = columns.stream().map(ColumnDefinition::name).toList();
    var lost = new TreeSet<String>();
    var missing = new TreeSet<String>();
    for (IndexDefinition index : old.indexes()) {
      for (int column : columnsOf(index)) {
        String name = old.columns().get(column).name();
        if (!names.contains(name)) {
          lost.add(index.name());
          missing.add(name);
        }
      }
    }
    if (!lost.isEmpty()) {
      throw new CaissonException(
              SqlState.DEPENDENT_OBJECTS,
              "\""
                  + old.name()
                  + "\" can't be replaced: "
                  + (lost.size() == 1 ? "index " : "indexes ")
                  + quoted(lost)
                  + (lost.size() == 1 ? " needs " : " need ")
                  + (missing.size() == 1 ? "column " : "columns ")
                  + quoted(missing)
                  + ", which the new query does not have")
          .withHint("Drop " + quoted(lost) + " first, or name a column of the query so.");
    }
  }

  private static String quoted(SortedSet<String> names) {
    return names.stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
  }

  private static List<Integer> columnsOf(IndexDefinition index) {
    var columns = new ArrayList<>(index.included());
    index.keys().forEach(key -> key.column().ifPresent(columns::add));
    return columns;
  }

  /**
   * The indexes that a new view begins with: whatever it takes in is entered at once, so that there
   * is nothing to build.
   *
   * @param numbers gives each index a number of its own
   */
  public static List<IndexDefinition> atBirth(
      ViewDefinition old, List<ColumnDefinition> columns, IntSupplier numbers) {
    return old.indexes().stream()
        .map(index -> moved(index, old, columns).withId(numbers.getAsInt()).asReadable())
        .toList();
  }

  /**
   * The indexes that a view has when it takes the place of another: those of the old one as they
   * are then, built where the new one has had them from the beginning.
   *
   * @param numbers gives those that are still to be built a number of their own
   */
  public static List<IndexDefinition> atSwap(
      ViewDefinition old, ViewDefinition made, IntSupplier numbers) {
    return old.indexes().stream()
        .map(
            index -> {
              IndexDefinition wanted = moved(index, old, made.columns());
              Optional<IndexDefinition> built =
                  made.index(index.name()).filter(known -> known.keys().equals(wanted.keys()));
              return built.orElseGet(() -> wanted.withId(numbers.getAsInt()));
            })
        .toList();
  }

  /** An index as it is on other columns, not built. */
  private static IndexDefinition moved(
      IndexDefinition index, ViewDefinition old, List<ColumnDefinition> columns) {
    List<String> names = columns.stream().map(ColumnDefinition::name).toList();
    List<IndexKey> keys =
        index.keys().stream()
            .<IndexKey>map(
                key ->
                    new ColumnKey(
                        moved(key.column().orElseThrow(), old, names),
                        key.descending(),
                        key.nullsFirst()))
            .toList();
    List<Integer> included =
        index.included().stream().map(column -> moved(column, old, names)).toList();
    return new IndexDefinition(
        index.id(),
        index.name(),
        index.unique(),
        index.constraint(),
        keys,
        included,
        IndexDefinition.State.BUILDING);
  }

  private static int moved(int column, ViewDefinition old, List<String> names) {
    return names.indexOf(old.columns().get(column).name());
  }
}

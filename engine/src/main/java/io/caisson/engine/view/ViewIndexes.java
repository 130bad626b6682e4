package io.caisson.engine.view;

import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.SortedRowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.operator.RowIndex;
import io.caisson.engine.state.IndexProgress;
import io.caisson.engine.state.ViewState;
import io.caisson.type.SqlType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The indexes of a view at work: each holds the view's rows in an order of its own, is fed by what
 * a step changes in them, and is checkpointed with them, so that it never disagrees with the view.
 * Which indexes there are is the catalog's affair: {@link #follow} makes and gives up what the
 * view's definition says. Under the maintenance lock.
 */
final class ViewIndexes {
  /** A page of a build: well below what a step takes. */
  private static final int PAGE_BYTES = 1 << 20;

  private final ViewState state;
  private final List<SqlType> types;
  private final Map<Integer, RowIndex> indexes = new TreeMap<>();

  /**
   * The indexes of a view that is opened. A view that has no state yet has no rows: its indexes are
   * complete.
   */
  ViewIndexes(ViewDefinition view, List<SqlType> types, ViewState state) {
    this.state = state;
    this.types = types;
    IndexProgress otherwise = state.stored() ? IndexProgress.NONE : IndexProgress.COMPLETE;
    for (IndexDefinition index : view.indexes()) {
      indexes.put(index.id(), opened(index, state.index(index.id()).orElse(otherwise)));
    }
  }

  private RowIndex opened(IndexDefinition index, IndexProgress progress) {
    List<SortedRowCodec.KeyColumn> key =
        index.keys().stream()
            .map(
                column ->
                    new SortedRowCodec.KeyColumn(
                        column.column().orElseThrow(), column.descending(), column.nullsFirst()))
            .toList();
    return new RowIndex(
        new SortedRowCodec(types, key), state.open(ViewState.ofIndex(index.id())), progress.mark());
  }

  /** Begins with the indexes that are new, and gives up those that are gone; whether any were. */
  boolean follow(List<IndexDefinition> wanted) {
    List<Integer> numbers = wanted.stream().map(IndexDefinition::id).toList();
    List<Integer> gone = indexes.keySet().stream().filter(id -> !numbers.contains(id)).toList();
    for (int id : gone) {
      RowIndex index = indexes.remove(id);
      if (index != null) {
        state.giveUp(ViewState.ofIndex(id), index.entries());
      }
    }
    boolean changed = !gone.isEmpty();
    for (IndexDefinition index : wanted) {
      if (!indexes.containsKey(index.id())) {
        indexes.put(index.id(), opened(index, IndexProgress.NONE));
        changed = true;
      }
    }
    List<String> names = numbers.stream().map(ViewState::ofIndex).toList();
    return state.giveUpIndexes(names::contains) || changed;
  }

  /** Enters what a step changed in the view. */
  void change(SortedRows delta) {
    indexes.values().forEach(index -> index.change(delta));
  }

  /** Whether rows from before an index are still to be entered. */
  boolean building() {
    return indexes.values().stream().anyMatch(index -> !index.complete());
  }

  /** Enters a page of the view's rows into each index that is being built. */
  void enter(Arrangement rows) {
    for (RowIndex index : indexes.values()) {
      if (!index.complete()) {
        index.enter(rows, PAGE_BYTES);
      }
    }
  }

  /** The indexes among some that hold all rows and will after a crash too. */
  List<IndexDefinition> durable(List<IndexDefinition> some) {
    return some.stream()
        .filter(index -> state.index(index.id()).filter(IndexProgress::complete).isPresent())
        .toList();
  }

  /** How far each is built. */
  Map<Integer, IndexProgress> progress() {
    var progress = new HashMap<Integer, IndexProgress>();
    indexes.forEach((id, index) -> progress.put(id, new IndexProgress(index.mark())));
    return progress;
  }

  /** Their rows, by the names under which the state keeps them. */
  Map<String, Arrangement> arrangements() {
    var arrangements = new LinkedHashMap<String, Arrangement>();
    indexes.forEach((id, index) -> arrangements.put(ViewState.ofIndex(id), index.entries()));
    return arrangements;
  }

  /** The rows of those that are complete, as they are; to be closed. */
  Map<Integer, ViewSnapshot.Sorted> snapshot() {
    var sorted = new HashMap<Integer, ViewSnapshot.Sorted>();
    indexes.forEach(
        (id, index) -> {
          if (index.complete()) {
            sorted.put(id, new ViewSnapshot.Sorted(index.entries().snapshot(), index.codec()));
          }
        });
    return sorted;
  }

  /** How many rows an index has; those that cancel each other are still counted. */
  long entered(int id) {
    RowIndex index = indexes.get(id);
    return index == null ? 0 : index.entries().rowsAtMost();
  }
}

package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Window functions: all rows are kept, partitioned and sorted for each window, and each gets the
 * results of the calls behind its own fields. Immutable.
 *
 * @param width how many fields the input has
 * @param constants the constants that calls and frames refer to as fields behind those
 * @param windows the windows in the order of their results
 */
public record WindowRows(int width, List<@Nullable Object> constants, List<WindowSpec> windows)
    implements RowOperation {
  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return HeldMemory.rows(state, memory -> rows(state, inputs.get(0), memory));
  }

  @Override
  public String text() {
    return windows.size() == 1 ? "Window" : windows.size() + " windows";
  }

  private List<@Nullable Object[]> rows(
      RunState state, Enumerable<@Nullable Object[]> input, HeldMemory memory) {
    int calls = windows.stream().mapToInt(window -> window.calls().size()).sum();
    var extended = new ArrayList<@Nullable Object[]>();
    try (Enumerator<@Nullable Object[]> rows = input.enumerator()) {
      while (rows.moveNext()) {
        @Nullable Object[] row = Arrays.copyOf(rows.current(), width + constants.size());
        for (int i = 0; i < constants.size(); i++) {
          row[width + i] = constants.get(i);
        }
        memory.take(StatementMemory.size(row) * 2);
        extended.add(row);
      }
    }
    var results = new ArrayList<@Nullable Object[]>(extended.size());
    for (int i = 0; i < extended.size(); i++) {
      results.add(new @Nullable Object[calls]);
    }
    int first = 0;
    for (WindowSpec window : windows) {
      compute(state, window, extended, results, first);
      first += window.calls().size();
    }
    var rows = new ArrayList<@Nullable Object[]>(extended.size());
    for (int i = 0; i < results.size(); i++) {
      @Nullable Object[] row = Arrays.copyOf(extended.get(i), width + calls);
      System.arraycopy(results.get(i), 0, row, width, calls);
      rows.add(row);
    }
    return rows;
  }

  private void compute(
      RunState state,
      WindowSpec window,
      List<@Nullable Object[]> rows,
      List<@Nullable Object[]> results,
      int first) {
    var partitions = new LinkedHashMap<List<@Nullable Object>, List<Integer>>();
    for (int i = 0; i < rows.size(); i++) {
      partitions
          .computeIfAbsent(
              ValueOrder.key(rows.get(i), window.partition()), key -> new ArrayList<>())
          .add(i);
    }
    Comparator<@Nullable Object[]> order = SortField.order(window.order());
    for (List<Integer> places : partitions.values()) {
      state.check();
      if (!window.order().isEmpty()) {
        places.sort((a, b) -> order.compare(rows.get(a), rows.get(b)));
      }
      var partition = new WindowPartition(window, places.stream().map(rows::get).toList());
      for (int c = 0; c < window.calls().size(); c++) {
        @Nullable Object[] values = partition.results(window.calls().get(c));
        for (int i = 0; i < values.length; i++) {
          @Nullable Object[] row = results.get(places.get(i));
          row[first + c] = values[i];
        }
      }
    }
  }
}

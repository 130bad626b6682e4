package io.caisson.sql.runtime;

import io.caisson.function.match.AddedRows;
import io.caisson.function.match.Navigation;
import io.caisson.function.match.RowMapping;
import io.caisson.function.match.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of matches within one partition. For one thread. */
final class MatchValues {
  private final List<MatchRows.Value> values;
  private final List<String> variables;
  private final List<@Nullable Object[]> rows;
  private final AddedRows[] added;
  private final AggregateSpec.@Nullable State[] states;

  MatchValues(List<MatchRows.Value> values, List<String> variables, List<@Nullable Object[]> rows) {
    this.values = values;
    this.variables = variables;
    this.rows = rows;
    this.added = new AddedRows[values.size()];
    this.states = new AggregateSpec.State[values.size()];
    for (int i = 0; i < added.length; i++) {
      added[i] = new AddedRows();
    }
  }

  /**
   * The values.
   *
   * @param running the rows up to the current one
   * @param all the rows of the match
   * @param number which match it is
   */
  @Nullable Object[] of(RowMapping running, RowMapping all, long number) {
    @Nullable Object[] result = new Object[values.size()];
    for (int i = 0; i < result.length; i++) {
      Slot slot = values.get(i).slot();
      if (slot instanceof Slot.Value value) {
        int row = value.navigation().row(running, all);
        result[i] = row < 0 || row >= rows.size() ? null : rows.get(row)[value.column()];
      } else if (slot instanceof Slot.Classifier classifier) {
        result[i] = classifier(classifier.navigation(), running, all);
      } else if (slot instanceof Slot.Aggregated call) {
        result[i] = aggregate(i, call, call.whole() ? all : running);
      } else {
        result[i] = number;
      }
    }
    return result;
  }

  private @Nullable String classifier(Navigation navigation, RowMapping running, RowMapping all) {
    RowMapping mapping = navigation.whole() ? all : running;
    int row = navigation.row(running, all);
    boolean there = row >= mapping.begin() && row < mapping.end();
    return there ? variables.get(mapping.variable(row)) : null;
  }

  private @Nullable Object aggregate(int index, Slot.Aggregated call, RowMapping mapping) {
    int row = added[index].from(mapping);
    AggregateSpec.State state = states[index];
    if (state == null || row == mapping.begin()) {
      state = values.get(index).aggregate().orElseThrow().start();
      states[index] = state;
    }
    for (; row < mapping.end(); row++) {
      if (call.counts(mapping, row)) {
        state.add(rows.get(row));
      }
    }
    return state.result();
  }
}

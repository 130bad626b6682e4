package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.function.match.Navigation;
import io.caisson.function.match.RowMapping;
import io.caisson.function.match.Slot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of matches within one partition. For the thread that steps. */
final class MatchReader {
  private final List<Slot> slots;
  private final List<String> variables;
  private final Columns rows;
  private final List<@Nullable MatchAggregate> aggregates = new ArrayList<>();
  private int farthest = RowMapping.NONE;

  MatchReader(MatchSpec.Values values, List<String> variables, Columns rows) {
    this.slots = values.slots();
    this.variables = variables;
    this.rows = rows;
    for (int i = 0; i < slots.size(); i++) {
      aggregates.add(
          slots.get(i) instanceof Slot.Aggregated call
              ? new MatchAggregate(call, values.types().get(i), rows)
              : null);
    }
  }

  /** The last row that was looked at, whether it is there or not. */
  int farthest() {
    return farthest;
  }

  /**
   * Appends a row of the values.
   *
   * @param running the rows up to the current one
   * @param all the rows of the match
   * @param number which match it is
   * @param out where they go
   * @param firstColumn where in it the first one goes
   */
  void append(
      RowMapping running, RowMapping all, long number, ColumnsBuilder out, int firstColumn) {
    for (int i = 0; i < slots.size(); i++) {
      ColumnBuilder column = out.column(firstColumn + i);
      Slot slot = slots.get(i);
      MatchAggregate aggregate = aggregates.get(i);
      if (slot instanceof Slot.Value value) {
        appendValue(value, running, all, column);
      } else if (slot instanceof Slot.Classifier classifier) {
        appendClassifier(classifier.navigation(), running, all, column);
      } else if (aggregate != null && slot instanceof Slot.Aggregated call) {
        aggregate.append(call.whole() ? all : running, column);
      } else {
        column.addLong(number);
      }
    }
  }

  private void appendValue(
      Slot.Value value, RowMapping running, RowMapping all, ColumnBuilder out) {
    int row = value.navigation().row(running, all);
    farthest = Math.max(farthest, row);
    if (row < 0 || row >= rows.size()) {
      out.addNull();
    } else {
      out.addFrom(rows.column(value.column()), row);
    }
  }

  private void appendClassifier(
      Navigation navigation, RowMapping running, RowMapping all, ColumnBuilder out) {
    RowMapping mapping = navigation.whole() ? all : running;
    int row = navigation.row(running, all);
    if (row >= mapping.begin() && row < mapping.end()) {
      out.addText(variables.get(mapping.variable(row)));
    } else {
      out.addNull();
    }
  }
}

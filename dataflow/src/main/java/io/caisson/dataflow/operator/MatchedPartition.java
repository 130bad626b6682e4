package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.function.match.RowMapping;
import io.caisson.function.match.RowTests;
import io.caisson.function.match.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the sorted rows of one partition while it is searched. Conditions that see a row
 * and its neighbours are tested for all rows at once; where that fails, only for the rows that the
 * search comes to, as if it had never been tried. It notes how far the search has looked. For the
 * thread that steps.
 */
final class MatchedPartition implements RowTests {
  private final MatchSpec spec;
  private final Columns rows;
  private final List<@Nullable BitSet> known = new ArrayList<>();
  private final List<@Nullable Columns> neighbours = new ArrayList<>();
  private final List<@Nullable MatchReader> readers = new ArrayList<>();
  private final List<Boolean> oneByOne = new ArrayList<>();
  private int farthest = RowMapping.NONE;

  MatchedPartition(MatchSpec spec, Columns rows) {
    this.spec = spec;
    this.rows = rows;
    for (MatchSpec.Definition definition : spec.definitions()) {
      known.add(null);
      neighbours.add(null);
      oneByOne.add(false);
      readers.add(
          definition
              .matched()
              .map(test -> new MatchReader(test.values(), spec.pattern().variables(), rows))
              .orElse(null));
    }
  }

  /** Begins to note anew how far is looked. */
  void lookFrom(int row) {
    farthest = row;
  }

  /** The last row that was looked at, whether it is there or not. */
  int farthest() {
    int last = farthest;
    for (MatchReader reader : readers) {
      last = reader == null ? last : Math.max(last, reader.farthest());
    }
    return last;
  }

  @Override
  public boolean exists(int row) {
    farthest = Math.max(farthest, row);
    return row < rows.size();
  }

  @Override
  public boolean within(int first, int row) {
    if (spec.pattern().within().isEmpty()) {
      return true;
    }
    var times = (LongColumn) rows.column(spec.order().get(0).column());
    return !times.isNull(first)
        && !times.isNull(row)
        && times.value(row) - times.value(first) < spec.pattern().within().getAsLong();
  }

  @Override
  public boolean holds(RowMapping mapping) {
    int row = mapping.end() - 1;
    int variable = mapping.variable(row);
    MatchSpec.Definition definition = spec.definitions().get(variable);
    if (definition.local().isPresent() && !local(definition.local().get(), variable, row)) {
      return false;
    }
    MatchReader reader = readers.get(variable);
    Optional<MatchSpec.Test> matched = definition.matched();
    if (reader == null || matched.isEmpty()) {
      return true;
    }
    var values = new ColumnsBuilder(matched.get().values().types());
    reader.append(mapping, mapping, 0, values, 0);
    return isTrue(matched.get(), values, 1);
  }

  private boolean local(MatchSpec.Test test, int variable, int row) {
    for (Slot slot : test.values().slots()) {
      farthest = Math.max(farthest, row + ((Slot.Value) slot).navigation().distance());
    }
    if (!oneByOne.get(variable) && known.get(variable) == null) {
      testAll(test, variable);
    }
    BitSet all = known.get(variable);
    if (all != null) {
      return all.get(row);
    }
    Columns values = neighbours.get(variable);
    if (values == null) {
      throw new IllegalStateException("no rows to test");
    }
    return test.condition().select(row(values, row), new int[1]) == 1;
  }

  private static Columns row(Columns values, int row) {
    return values.gather(new int[] {row}, 1);
  }

  private void testAll(MatchSpec.Test test, int variable) {
    Columns values = neighbours(test.values());
    try {
      int[] selected = new int[rows.size()];
      int count = test.condition().select(values, selected);
      var found = new BitSet(rows.size());
      for (int i = 0; i < count; i++) {
        found.set(selected[i]);
      }
      known.set(variable, found);
    } catch (CaissonException ofSomeRow) {
      oneByOne.set(variable, true);
      neighbours.set(variable, values);
    }
  }

  /** For each row the values at their distances from it. */
  private Columns neighbours(MatchSpec.Values values) {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < values.slots().size(); i++) {
      var value = (Slot.Value) values.slots().get(i);
      Column column = rows.column(value.column());
      int distance = value.navigation().distance();
      columns.add(distance == 0 ? column : moved(column, distance));
    }
    return new Columns(columns, rows.size());
  }

  private static Column moved(Column column, int distance) {
    var builder = new ColumnBuilder(column.physical());
    for (int row = 0; row < column.size(); row++) {
      long place = (long) row + distance;
      if (place < 0 || place >= column.size()) {
        builder.addNull();
      } else {
        builder.addFrom(column, (int) place);
      }
    }
    return builder.build();
  }

  private static boolean isTrue(MatchSpec.Test test, ColumnsBuilder values, int size) {
    boolean constant = values.width() == 0;
    Columns built = constant ? new Columns(List.of(), size) : values.build();
    return test.condition().select(built, new int[size]) == size;
  }
}

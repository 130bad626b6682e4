package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY: one row for each group of each grouping set, a hash table for each set. The grouping of
 * everything has its one group even where there are no rows. Immutable.
 *
 * @param groupFields the fields that are grouped by, which are the first of a result
 * @param sets for each grouping set the indexes in {@code groupFields} that it groups by
 * @param calls the aggregates
 * @param groupings for each call the indexes in {@code groupFields} of GROUPING's arguments, or
 *     null where the call is an aggregate
 */
public record AggregateRows(
    int[] groupFields,
    List<int[]> sets,
    List<AggregateSpec> calls,
    List<int @Nullable []> groupings)
    implements RowOperation {
  private static final long GROUP_BYTES = 96;

  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return HeldMemory.rows(state, memory -> rows(inputs.get(0), memory));
  }

  private List<@Nullable Object[]> rows(Enumerable<@Nullable Object[]> input, HeldMemory memory) {
    var tables = new ArrayList<GroupingSet>();
    for (int[] set : sets) {
      tables.add(new GroupingSet(set, memory));
    }
    boolean keeps = calls.stream().anyMatch(AggregateSpec::keepsRows);
    try (Enumerator<@Nullable Object[]> rows = input.enumerator()) {
      while (rows.moveNext()) {
        @Nullable Object[] row = rows.current();
        for (GroupingSet table : tables) {
          if (keeps) {
            memory.take(StatementMemory.size(row));
          }
          table.add(row);
        }
      }
    }
    var result = new ArrayList<@Nullable Object[]>();
    for (GroupingSet table : tables) {
      table.groups().forEach(group -> result.add(row(table.set, group)));
    }
    return result;
  }

  /** The groups of one grouping set. */
  private final class GroupingSet {
    private final int[] set;
    private final int[] fields;
    private final HeldMemory memory;
    private final Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();
    private final @Nullable Group whole;

    GroupingSet(int[] set, HeldMemory memory) {
      this.set = set;
      this.fields = new int[set.length];
      for (int f = 0; f < set.length; f++) {
        fields[f] = groupFields[set[f]];
      }
      this.memory = memory;
      this.whole = set.length == 0 ? new Group(new @Nullable Object[0], calls) : null;
    }

    Collection<Group> groups() {
      return whole == null ? groups.values() : List.of(whole);
    }

    void add(@Nullable Object[] row) {
      Group group = whole;
      if (group == null) {
        List<@Nullable Object> key = ValueOrder.key(row, fields);
        group = groups.get(key);
        if (group == null) {
          group = begin(row);
          groups.put(key, group);
        }
      }
      group.add(row);
    }

    private Group begin(@Nullable Object[] row) {
      @Nullable Object[] values = new Object[fields.length];
      for (int f = 0; f < fields.length; f++) {
        values[f] = row[fields[f]];
      }
      memory.take(
          GROUP_BYTES
              + 2 * StatementMemory.size(values)
              + calls.stream().mapToLong(AggregateSpec::stateBytes).sum());
      return new Group(values, calls);
    }
  }

  private @Nullable Object[] row(int[] set, Group group) {
    @Nullable Object[] row = new Object[groupFields.length + calls.size()];
    for (int f = 0; f < set.length; f++) {
      row[set[f]] = group.values[f];
    }
    for (int c = 0; c < calls.size(); c++) {
      int[] grouping = groupings.get(c);
      row[groupFields.length + c] =
          grouping == null
              ? group.states[c].result()
              : calls.get(c).result().apply(grouped(grouping, set));
    }
    return row;
  }

  /** GROUPING: a bit for each argument, set where the row is not grouped by it. */
  private static Long grouped(int[] arguments, int[] set) {
    long bits = 0;
    for (int argument : arguments) {
      boolean by = java.util.Arrays.stream(set).anyMatch(index -> index == argument);
      bits = (bits << 1) | (by ? 0 : 1);
    }
    return bits;
  }

  @Override
  public String text() {
    return sets.size() == 1 ? "Aggregate" : "Aggregate of " + sets.size() + " grouping sets";
  }

  /** A group and the states of its aggregates. */
  private static final class Group {
    private final @Nullable Object[] values;
    private final AggregateSpec.State[] states;

    Group(@Nullable Object[] values, List<AggregateSpec> calls) {
      this.values = values;
      this.states = calls.stream().map(AggregateSpec::start).toArray(AggregateSpec.State[]::new);
    }

    void add(@Nullable Object[] row) {
      for (AggregateSpec.State state : states) {
        state.add(row);
      }
    }
  }
}

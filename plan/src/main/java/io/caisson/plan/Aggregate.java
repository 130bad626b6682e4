package io.caisson.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One row a group: the group's columns, then the aggregates. Without group columns there is always
 * exactly one row.
 *
 * @param source the rows
 * @param groupColumns positions of the columns to group by
 * @param calls the aggregates
 */
public record Aggregate(Plan source, List<Integer> groupColumns, List<AggregateCall> calls)
    implements Plan {
  /** Copies the lists. */
  public Aggregate {
    groupColumns = List.copyOf(groupColumns);
    calls = List.copyOf(calls);
  }

  @Override
  public List<Field> fields() {
    List<Field> below = source.fields();
    var fields = new ArrayList<Field>();
    groupColumns.forEach(column -> fields.add(below.get(column)));
    calls.forEach(call -> fields.add(new Field(call.name(), call.type())));
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(source);
  }

  @Override
  public boolean appendOnly() {
    return false;
  }
}

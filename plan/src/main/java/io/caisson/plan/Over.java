package io.caisson.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Each row with the results of functions over its partition behind its columns. Rows that the order
 * does not tell apart are sorted by all their columns.
 *
 * @param source the rows
 * @param partition positions of the columns that partition them
 * @param order how a partition is sorted
 * @param calls the functions
 * @param limit where only rows of the first call's results up to a number are wanted
 */
public record Over(
    Plan source,
    List<Integer> partition,
    List<SortKey> order,
    List<OverCall> calls,
    OptionalLong limit)
    implements Plan {
  /** Copies the lists and checks the limit. */
  public Over {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    calls = List.copyOf(calls);
    if (limit.isPresent() && !calls.get(0).function().ranks()) {
      throw new IllegalArgumentException("a limit of " + calls.get(0));
    }
  }

  @Override
  public List<Field> fields() {
    var fields = new ArrayList<>(source.fields());
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

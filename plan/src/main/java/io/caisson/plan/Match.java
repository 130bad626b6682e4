package io.caisson.plan;

import io.caisson.function.match.RowPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The matches of a row pattern in partitions. Of one row for a match the partition's columns and
 * what is read of the match; of all rows of a match these with what is read of the match.
 *
 * @param source the rows
 * @param pattern what is looked for, its times in microseconds
 * @param partition positions of the columns that partition the rows
 * @param order how a partition is sorted; rows that this does not tell apart by all their columns
 * @param width how many of the columns are put out with all rows of a match
 * @param definitions for each variable what its rows must fulfil
 * @param outputs what is read of a match
 */
public record Match(
    Plan source,
    RowPattern pattern,
    List<Integer> partition,
    List<SortKey> order,
    int width,
    List<MatchDefinition> definitions,
    MatchValues outputs)
    implements Plan {
  /** Copies the lists. */
  public Match {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    definitions = List.copyOf(definitions);
  }

  @Override
  public List<Field> fields() {
    List<Field> below = source.fields();
    var fields = new ArrayList<Field>();
    if (pattern.allRows()) {
      fields.addAll(below.subList(0, width));
    } else {
      partition.forEach(column -> fields.add(below.get(column)));
    }
    fields.addAll(outputs.fields());
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(source);
  }

  /** A row that comes can undo a match. */
  @Override
  public boolean appendOnly() {
    return false;
  }
}

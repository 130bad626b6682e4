package io.caisson.sql.runtime;

import io.caisson.function.match.MatchScan;
import io.caisson.function.match.PatternProgram;
import io.caisson.function.match.RowMapping;
import io.caisson.function.match.RowPattern;
import io.caisson.function.match.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Predicate1;
import org.jspecify.annotations.Nullable;

/**
 * The matches of a row pattern: all rows are kept, partitioned and sorted, those that the order
 * does not tell apart by all their fields, and each partition is searched. Immutable.
 *
 * @param pattern what is looked for, its times in milliseconds
 * @param partition the fields that partition rows
 * @param order the order within a partition
 * @param width how many fields tell rows apart where the order does not
 * @param definitions for each variable what its rows must fulfil
 * @param outputs what is read of a match
 * @param conditions what generated code tests
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MatchRows(
    RowPattern pattern,
    int[] partition,
    List<SortField> order,
    int width,
    List<Definition> definitions,
    List<Value> outputs,
    List<Predicate1<@Nullable Object[]>> conditions)
    implements RowOperation {
  /** Copies the lists. */
  public MatchRows {
    order = List.copyOf(order);
    definitions = List.copyOf(definitions);
    outputs = List.copyOf(outputs);
    conditions = List.copyOf(conditions);
  }

  /**
   * A value that is read of a match.
   *
   * @param slot which
   * @param aggregate how it is computed, where it is one
   */
  public record Value(Slot slot, Optional<AggregateSpec> aggregate) {}

  /**
   * A condition.
   *
   * @param values what it is over
   * @param condition its place among the conditions
   */
  public record Test(List<Value> values, int condition) {
    /** Copies the list. */
    public Test {
      values = List.copyOf(values);
    }
  }

  /**
   * What a row must fulfil to be mapped to a variable.
   *
   * @param local what only the row and its neighbours decide
   * @param matched what other rows of the match decide too
   */
  public record Definition(Optional<Test> local, Optional<Test> matched) {}

  @Override
  public RowOperation with(List<Predicate1<@Nullable Object[]>> tests) {
    return new MatchRows(pattern, partition, order, width, definitions, outputs, tests);
  }

  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return HeldMemory.rows(state, memory -> rows(state, inputs.get(0), memory));
  }

  @Override
  public String text() {
    return "Match";
  }

  /** A row without a time is near no other. */
  private boolean counts(@Nullable Object[] row) {
    return pattern.within().isEmpty() || row[order.get(0).field()] != null;
  }

  private List<@Nullable Object[]> rows(
      RunState state, Enumerable<@Nullable Object[]> input, HeldMemory memory) {
    Collection<List<@Nullable Object[]>> partitions =
        new Partitions(partition, 1).read(input, this::counts, memory);
    PatternProgram program = PatternProgram.of(pattern.pattern());
    Comparator<@Nullable Object[]> sorted =
        SortField.order(order).thenComparing((a, b) -> ValueOrder.compareRows(a, b, width));
    var found = new ArrayList<@Nullable Object[]>();
    for (List<@Nullable Object[]> rows : partitions) {
      state.check();
      rows.sort(sorted);
      search(rows, program, state, memory, found);
    }
    return found;
  }

  private void search(
      List<@Nullable Object[]> rows,
      PatternProgram program,
      RunState state,
      HeldMemory memory,
      List<@Nullable Object[]> found) {
    boolean local = definitions.stream().allMatch(one -> one.matched().isEmpty());
    var scan = new MatchScan(pattern, program, new MatchedRows(this, rows, state), local);
    var output = new MatchValues(outputs, pattern.variables(), rows);
    while (scan.more()) {
      if (scan.step()) {
        int before = found.size();
        if (pattern.allRows()) {
          addAll(scan, rows, output, found);
        } else {
          found.add(joined(ofPartition(rows.get(scan.match().begin())), values(scan, output)));
        }
        found.subList(before, found.size()).forEach(row -> memory.take(StatementMemory.size(row)));
      }
    }
  }

  private static @Nullable Object[] values(MatchScan scan, MatchValues output) {
    return output.of(scan.match(), scan.match(), scan.number());
  }

  private @Nullable Object[] ofPartition(@Nullable Object[] row) {
    @Nullable Object[] fields = new Object[partition.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = row[partition[i]];
    }
    return fields;
  }

  /** All rows of a match; of one without rows the row before which it lies. */
  private void addAll(
      MatchScan scan,
      List<@Nullable Object[]> rows,
      MatchValues output,
      List<@Nullable Object[]> found) {
    RowMapping match = scan.match();
    var running = new RowMapping(pattern.variables().size());
    running.start(match.begin());
    if (match.end() == match.begin()) {
      found.add(joined(ofInput(rows.get(match.begin())), values(scan, output)));
    }
    for (int row = match.begin(); row < match.end(); row++) {
      running.add(match.variable(row), match.excluded(row));
      if (!match.excluded(row)) {
        found.add(joined(ofInput(rows.get(row)), output.of(running, match, scan.number())));
      }
    }
  }

  private @Nullable Object[] ofInput(@Nullable Object[] row) {
    return Arrays.copyOf(row, width);
  }

  private static @Nullable Object[] joined(@Nullable Object[] fields, @Nullable Object[] values) {
    @Nullable Object[] row = Arrays.copyOf(fields, fields.length + values.length);
    System.arraycopy(values, 0, row, fields.length, values.length);
    return row;
  }
}

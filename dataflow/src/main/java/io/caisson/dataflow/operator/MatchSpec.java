package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.RowFilter;
import io.caisson.function.match.Navigation;
import io.caisson.function.match.RowPattern;
import io.caisson.function.match.Slot;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row pattern, and what is read of its matches. Immutable.
 *
 * @param pattern what is looked for, its times in microseconds
 * @param partition positions of the columns that partition rows
 * @param order how a partition is sorted; rows that this does not tell apart by all their columns
 * @param passed positions of the input's columns that are put out with what is read
 * @param definitions for each variable what its rows must fulfil
 * @param outputs what is read of a match
 */
public record MatchSpec(
    RowPattern pattern,
    List<Integer> partition,
    List<OverSpec.SortColumn> order,
    List<Integer> passed,
    List<Definition> definitions,
    Values outputs) {
  /** Copies the lists. */
  public MatchSpec {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    passed = List.copyOf(passed);
    definitions = List.copyOf(definitions);
  }

  /**
   * Values of a match.
   *
   * @param slots what they are
   * @param types their types
   */
  public record Values(List<Slot> slots, List<SqlType> types) {
    /** Copies the lists. */
    public Values {
      slots = List.copyOf(slots);
      types = List.copyOf(types);
    }
  }

  /**
   * A condition.
   *
   * @param values what it is over
   * @param condition what must be true of these
   */
  public record Test(Values values, RowFilter condition) {}

  /**
   * What a row must fulfil to be mapped to a variable.
   *
   * @param local what only the row and its neighbours decide
   * @param matched what other rows of the match decide too
   */
  public record Definition(Optional<Test> local, Optional<Test> matched) {}

  /** The same with a partition column before the others. */
  public MatchSpec withFirst(int column) {
    var columns = new ArrayList<>(partition);
    columns.remove((Integer) column);
    columns.add(0, column);
    return new MatchSpec(pattern, columns, order, passed, definitions, outputs);
  }

  /** Whether conditions see a row and its neighbours only. */
  boolean local() {
    return definitions.stream().allMatch(definition -> definition.matched().isEmpty());
  }

  /** How many rows before a match are looked at, at most. */
  int lookBehind() {
    return -Math.min(0, distances().min().orElse(0));
  }

  /** How many rows behind the current one are looked at, at most. */
  int lookAhead() {
    return Math.max(0, distances().max().orElse(0));
  }

  private IntStream distances() {
    return Stream.concat(
            definitions.stream()
                .flatMap(one -> Stream.concat(one.local().stream(), one.matched().stream()))
                .flatMap(test -> test.values().slots().stream()),
            outputs.slots().stream())
        .mapToInt(MatchSpec::distance);
  }

  private static int distance(Slot slot) {
    Navigation navigation =
        slot instanceof Slot.Value value
            ? value.navigation()
            : slot instanceof Slot.Classifier classifier
                ? classifier.navigation()
                : Navigation.currentRow();
    return navigation.distance();
  }

  /** Whether it matters which match of its partition one is. */
  boolean numbered() {
    return outputs.slots().contains(new Slot.MatchNumber());
  }
}

package io.caisson.function.match;

import java.util.List;

/** A value that a condition or a measure reads of a match. Immutable. */
public sealed interface Slot {
  /**
   * A column's value in a row; NULL where there is no such row.
   *
   * @param column the column's position
   * @param navigation which row
   */
  record Value(int column, Navigation navigation) implements Slot {}

  /**
   * The name of the variable that a row is mapped to; NULL where there is no such row in the match.
   *
   * @param navigation which row
   */
  record Classifier(Navigation navigation) implements Slot {}

  /** Which match of the partition it is, the first being 1. */
  record MatchNumber() implements Slot {}

  /**
   * An aggregate over rows of the match.
   *
   * @param function which one
   * @param column the column's position, or {@link #ROWS}
   * @param variables the variables whose rows count, none for all
   * @param whole whether it is over the whole match (FINAL), or the rows up to the current one
   */
  record Aggregated(Function function, int column, List<Integer> variables, boolean whole)
      implements Slot {
    /** No column: rows are counted. */
    public static final int ROWS = -1;

    /** Copies the numbers. */
    public Aggregated {
      variables = List.copyOf(variables);
    }

    /** Whether a row counts. */
    public boolean counts(RowMapping mapping, int row) {
      return variables.isEmpty() || variables.contains(mapping.variable(row));
    }
  }

  /** The aggregates. */
  enum Function {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX
  }
}

package io.caisson.function.match;

import java.util.List;
import java.util.OptionalLong;

/**
 * What is looked for in a partition, but for the conditions. Immutable.
 *
 * @param variables the names of the variables, by their numbers
 * @param pattern the pattern
 * @param fromBegin whether a match must begin with the partition's first row
 * @param toEnd whether it must end with the last one
 * @param within less than which length of time its last row must be behind its first one
 * @param skip where the next match is looked for
 * @param allRows whether the rows of a match are put out, or one row for it
 */
public record RowPattern(
    List<String> variables,
    Pattern pattern,
    boolean fromBegin,
    boolean toEnd,
    OptionalLong within,
    Skip skip,
    boolean allRows) {
  /** Copies the names. */
  public RowPattern {
    variables = List.copyOf(variables);
  }

  /** The same with a length of time in a unit that is a part of this one. */
  public RowPattern times(long factor) {
    OptionalLong scaled =
        within.isEmpty() ? within : OptionalLong.of(Math.multiplyExact(within.getAsLong(), factor));
    return new RowPattern(variables, pattern, fromBegin, toEnd, scaled, skip, allRows);
  }

  /** Whether what is a match depends on where the partition begins or ends. */
  public boolean anchored() {
    return fromBegin || toEnd;
  }

  /**
   * Where the next match is looked for.
   *
   * @param to to which row
   * @param variables the numbers of the variables whose first or last row it is
   */
  public record Skip(To to, List<Integer> variables) {
    /** Copies the numbers. */
    public Skip {
      variables = List.copyOf(variables);
    }

    /** The rows. */
    public enum To {
      /** Behind the match. */
      PAST_LAST_ROW,
      /** Behind the first row of the match. */
      NEXT_ROW,
      /** To the first row of some variables. */
      FIRST,
      /** To their last row. */
      LAST
    }
  }
}

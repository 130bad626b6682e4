package io.caisson.function.match;

import java.util.List;

/**
 * Which row of a match, or near it, a value is of: {@code PREV(FIRST(A.x, 2), 1)} is one row before
 * the third that is mapped to A. Immutable.
 *
 * @param variables the variables whose rows count, none for all
 * @param fromFirst whether they are counted from the first, not from the last
 * @param offset how many of them are passed over
 * @param distance how many rows behind that row, in the partition; negative before it
 * @param whole whether the whole match is looked at (FINAL), or the rows up to the current one
 */
public record Navigation(
    List<Integer> variables, boolean fromFirst, int offset, int distance, boolean whole) {
  /** Copies the numbers. */
  public Navigation {
    variables = List.copyOf(variables);
  }

  /** The current row, as conditions and RUNNING see it. */
  public static Navigation currentRow() {
    return new Navigation(List.of(), false, 0, 0, false);
  }

  /**
   * Whether it leads, while a row is tested for a variable, to a row at a distance from that row
   * whatever else is in the match.
   */
  public boolean isLocalTo(int variable) {
    boolean tested = variables.isEmpty() || variables.contains(variable);
    return tested && !fromFirst && offset == 0;
  }

  /**
   * The row's number, or {@link RowMapping#NONE}; it may lie behind the partition's last row.
   *
   * @param running the rows up to the current one
   * @param all the rows of the match
   */
  public int row(RowMapping running, RowMapping all) {
    RowMapping mapping = whole ? all : running;
    int row =
        fromFirst ? mapping.fromFirst(variables, offset) : mapping.fromLast(variables, offset);
    if (row == RowMapping.NONE) {
      return row;
    }
    long moved = (long) row + distance;
    return moved < 0 || moved > Integer.MAX_VALUE ? RowMapping.NONE : (int) moved;
  }
}

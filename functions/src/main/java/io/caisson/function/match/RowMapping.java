package io.caisson.function.match;

import java.util.Arrays;
import java.util.List;

/**
 * Neighbouring rows and the variables that they are mapped to: a match, or what may become one. It
 * grows and shrinks at its end. For one thread.
 */
public final class RowMapping {
  /** Where there is no row. */
  public static final int NONE = -1;

  private final int[] firstOf;
  private final int[] lastOf;
  private int begin;
  private int size;
  private int[] variables = new int[16];
  private boolean[] excluded = new boolean[16];

  /** For each row the one before it of the same variable. */
  private int[] before = new int[16];

  private long[] stamps = new long[16];
  private long stamp;
  private long emptyStamp;

  /** A mapping for patterns of so many variables. */
  public RowMapping(int variableCount) {
    firstOf = new int[variableCount];
    lastOf = new int[variableCount];
    Arrays.fill(firstOf, NONE);
    Arrays.fill(lastOf, NONE);
  }

  /** Begins with no rows, before a row. */
  public void start(int row) {
    begin = row;
    size = 0;
    emptyStamp = ++stamp;
    Arrays.fill(firstOf, NONE);
    Arrays.fill(lastOf, NONE);
  }

  /** The first row, if there is any. */
  public int begin() {
    return begin;
  }

  /** Behind the last row. */
  public int end() {
    return begin + size;
  }

  /** The variable of a row. */
  public int variable(int row) {
    return variables[row - begin];
  }

  /** Whether a row is left out of the output. */
  public boolean excluded(int row) {
    return excluded[row - begin];
  }

  /** A number that is another one whenever the rows before a row are mapped otherwise. */
  long stampBefore(int row) {
    return row == begin ? emptyStamp : stamps[row - begin - 1];
  }

  /** Maps the next row. */
  public void add(int variable, boolean isExcluded) {
    if (size == variables.length) {
      variables = Arrays.copyOf(variables, size * 2);
      excluded = Arrays.copyOf(excluded, size * 2);
      before = Arrays.copyOf(before, size * 2);
      stamps = Arrays.copyOf(stamps, size * 2);
    }
    int row = begin + size;
    variables[size] = variable;
    excluded[size] = isExcluded;
    before[size] = lastOf[variable];
    stamps[size] = ++stamp;
    if (firstOf[variable] == NONE) {
      firstOf[variable] = row;
    }
    lastOf[variable] = row;
    size++;
  }

  /** Takes back all rows from one on. */
  public void truncate(int row) {
    while (begin + size > row) {
      size--;
      int variable = variables[size];
      lastOf[variable] = before[size];
      if (before[size] == NONE) {
        firstOf[variable] = NONE;
      }
    }
  }

  /**
   * A row of some variables, counted from the first one.
   *
   * @param of the variables, none for all
   * @param offset how many rows of these variables to pass over
   * @return the row, or {@link #NONE}
   */
  public int fromFirst(List<Integer> of, int offset) {
    if (of.isEmpty()) {
      return offset < size ? begin + offset : NONE;
    }
    int left = offset;
    int row = of.size() == 1 ? firstOf[of.get(0)] : begin;
    for (; row != NONE && row < end(); row++) {
      if (of.contains(variable(row)) && left-- == 0) {
        return row;
      }
    }
    return NONE;
  }

  /** The same, counted from the last one. */
  public int fromLast(List<Integer> of, int offset) {
    if (of.isEmpty()) {
      return offset < size ? end() - 1 - offset : NONE;
    }
    int left = offset;
    if (of.size() == 1) {
      int row = lastOf[of.get(0)];
      while (row != NONE && left-- > 0) {
        row = before[row - begin];
      }
      return row;
    }
    for (int row = end() - 1; row >= begin; row--) {
      if (of.contains(variable(row)) && left-- == 0) {
        return row;
      }
    }
    return NONE;
  }
}

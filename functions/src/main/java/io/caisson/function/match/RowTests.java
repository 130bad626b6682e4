package io.caisson.function.match;

/** What a {@link Matcher} asks about the rows of a partition, which are numbered from 0. */
public interface RowTests {
  /** Whether there is a row of a number; with it there are all before it. */
  boolean exists(int row);

  /** Whether a row is near enough to the first row of a match to be in it. */
  boolean within(int first, int row);

  /**
   * Whether the last row of a mapping may be what it is mapped to.
   *
   * @param mapping the rows that come before it in the match, and itself
   */
  boolean holds(RowMapping mapping);
}

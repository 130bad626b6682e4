package io.caisson.error;

/**
 * A place in a statement's text, counted from 1.
 *
 * @param line line, from 1
 * @param column column, from 1
 * @param endLine last line, from 1
 * @param endColumn last column, inclusive, from 1
 */
public record Position(int line, int column, int endLine, int endColumn) {
  /** Checks that the numbers count from one. */
  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "line and column count from 1, got " + line + ":" + column);
    }
  }

  /** The place of a single character. */
  public static Position at(int line, int column) {
    return new Position(line, column, line, column);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}

package io.caisson.testkit;

import io.caisson.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a view or of a query, to be held against those that a test expects. What differs is
 * an {@link AssertionError} that shows it. Immutable.
 */
public final class RowsCheck {
  private final String what;
  private final List<Row> rows;

  RowsCheck(String what, List<Row> rows) {
    this.what = what;
    this.rows = rows;
  }

  /**
   * Fails unless there are exactly these rows, in any order.
   *
   * @param expected rows as {@link CaissonTest#row} makes them
   */
  public void areExactly(ExpectedRow... expected) {
    difference(expected).check();
  }

  /**
   * Fails unless there are exactly these rows in this order.
   *
   * @param expected rows as {@link CaissonTest#row} makes them
   */
  public void areInOrder(ExpectedRow... expected) {
    difference(expected).checkInOrder();
  }

  /**
   * Fails unless these rows are there, among others maybe.
   *
   * @param expected rows as {@link CaissonTest#row} makes them
   */
  public void contain(ExpectedRow... expected) {
    difference(expected).checkContained();
  }

  /** Fails where there is any row. */
  public void areNone() {
    new Difference(what, "row", List.of(), found()).check();
  }

  /** The rows themselves. */
  public List<Row> list() {
    return rows;
  }

  private Difference difference(ExpectedRow[] expected) {
    List<String> lines = Arrays.stream(expected).map(ExpectedRow::line).toList();
    return new Difference(what, "row", lines, found());
  }

  private List<String> found() {
    return rows.stream()
        .map(
            row ->
                Texts.line(
                    IntStream.range(0, row.size()).mapToObj(i -> Texts.of(row.get(i))).toList()))
        .toList();
  }
}

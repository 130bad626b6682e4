package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Finds the rows that expressions fail on, by evaluating them over ever smaller parts of a batch:
 * few failures cost little, and batches without any nothing. Which rows fail, and why, depends on
 * each row alone. For one thread.
 */
public final class FailingRows {
  /**
   * A row that fails.
   *
   * @param row its position
   * @param error why
   */
  public record Failure(int row, CaissonException error) {}

  private final Columns rows;
  private final Consumer<Columns> evaluation;
  private final List<Failure> found = new ArrayList<>();

  private FailingRows(Columns rows, Consumer<Columns> evaluation) {
    this.rows = rows;
    this.evaluation = evaluation;
  }

  /**
   * All rows that fail, in their order.
   *
   * @param rows the rows
   * @param evaluation evaluates the expressions over some of them
   * @throws CaissonException what is no fault of the rows
   */
  public static List<Failure> find(Columns rows, Consumer<Columns> evaluation) {
    var search = new FailingRows(rows, evaluation);
    search.search(0, rows.size());
    return search.found;
  }

  private void search(int from, int to) {
    try {
      evaluation.accept(rows.gather(IntStream.range(from, to).toArray(), to - from));
    } catch (CaissonException e) {
      if (e.state().fault() != SqlState.Fault.USER) {
        throw e;
      }
      if (to - from == 1) {
        found.add(new Failure(from, e));
      } else {
        int middle = (from + to) >>> 1;
        search(from, middle);
        search(middle, to);
      }
    }
  }
}

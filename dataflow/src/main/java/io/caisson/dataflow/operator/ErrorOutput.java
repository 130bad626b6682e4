package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.batch.Batch;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows out of a batch that an operator's expressions fail on, and brings them to where those
 * of all operators of a view lie, with their weights: a row that is taken back fails as it did when
 * it came, and is taken back there. For the thread that steps.
 */
final class ErrorOutput {
  private final ErrorForm form;
  private final @Nullable ArrangeOperator errors;

  /**
   * An output for one operator.
   *
   * @param form what is kept of a row
   * @param errors where it is kept, or null for nowhere
   */
  ErrorOutput(ErrorForm form, @Nullable ArrangeOperator errors) {
    this.form = form;
    this.errors = errors;
  }

  /** The rows of a batch on which an evaluation that has failed does not fail. */
  Batch without(Batch input, CaissonException error, Consumer<Columns> evaluation) {
    if (error.state().fault() != SqlState.Fault.USER) {
      throw error;
    }
    List<FailingRows.Failure> failures = FailingRows.find(input.rows(), evaluation);
    int[] failing = failures.stream().mapToInt(FailingRows.Failure::row).toArray();
    keep(input, failures, failing);
    int[] good = new int[input.size()];
    int count = 0;
    int next = 0;
    for (int row = 0; row < input.size(); row++) {
      if (next < failing.length && failing[next] == row) {
        next++;
      } else {
        good[count++] = row;
      }
    }
    return Batches.gather(input, good, count);
  }

  /** Puts a single row aside, as often as a weight says. */
  void keep(Columns row, CaissonException error, long weight) {
    if (error.state().fault() != SqlState.Fault.USER) {
      throw error;
    }
    keep(
        new Batch(row, new long[] {weight}, null),
        List.of(new FailingRows.Failure(0, error)),
        new int[] {0});
  }

  private void keep(Batch input, List<FailingRows.Failure> failures, int[] failing) {
    if (errors == null || form == ErrorForm.NOTHING) {
      return;
    }
    List<SqlType> types = errors.codec().types();
    var kept = new ColumnsBuilder(types);
    for (FailingRows.Failure failure : failures) {
      form.add(input.rows(), failure.row(), failure.error(), kept);
    }
    errors.emit(Batches.gather(input, failing, failing.length).withRows(kept.build()));
  }
}

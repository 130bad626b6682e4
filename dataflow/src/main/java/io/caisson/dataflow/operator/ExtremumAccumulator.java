package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * MIN and MAX of rows that are only ever added: the best value so far is all that need be known.
 * For each group of the step it remembers where the best value stands in the step's batches.
 */
final class ExtremumAccumulator implements Accumulator {
  private static final int LARGE = 1 << 14;

  private final AggregateSpec spec;
  private final int argument;
  private final boolean largest;
  private final Extremum current;
  private @Nullable Column[] columns = new @Nullable Column[0];
  private int[] rows = new int[0];

  ExtremumAccumulator(AggregateSpec spec, TypeKind.Physical kind) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.largest = spec.function() == AggregateSpec.Function.MAX;
    this.current = new Extremum(kind, largest);
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    rows = StepArrays.grown(rows, table.size());
    if (columns.length < rows.length) {
      columns = Arrays.copyOf(columns, rows.length);
    }
    Column values = batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      long weight = batch.weight(row);
      if (weight < 0) {
        throw new IllegalStateException("a row is taken back from an input that only grows");
      }
      if (weight != 0 && counting.counts(row)) {
        int group = groups[row];
        Column best = columns[group];
        if (best == null || Extremum.isBetter(largest, values, row, best, rows[group])) {
          columns[group] = values;
          rows[group] = row;
        }
      }
    }
  }

  @Override
  public void clear() {
    current.value().clear();
  }

  @Override
  public void read(RowReader state) {
    current.value().read(state);
  }

  @Override
  public void add(int group, GroupTable table) {
    Column best = group < columns.length ? columns[group] : null;
    if (best != null) {
      current.offer(best, rows[group]);
    }
  }

  @Override
  public void write(RowBuffer state) {
    current.value().write(state);
  }

  @Override
  public void emit(ColumnBuilder out) {
    current.value().emit(out);
  }

  @Override
  public void endStep() {
    if (columns.length > LARGE) {
      columns = new @Nullable Column[0];
      rows = new int[0];
    } else {
      Arrays.fill(columns, null);
    }
  }
}

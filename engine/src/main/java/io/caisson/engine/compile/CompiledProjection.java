package io.caisson.engine.compile;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Projection;
import java.util.List;

/** A projection that hands on some columns and computes the others. Not thread-safe. */
final class CompiledProjection implements Projection {
  /** In place of an input column's position: the column is computed. */
  static final int COMPUTED = -1;

  private final int[] passed;
  private final ColumnLoops loops;

  CompiledProjection(int[] passed, ColumnLoops loops) {
    this.passed = passed;
    this.loops = loops;
  }

  @Override
  public Columns project(Columns rows) {
    Column[] outputs = new Column[passed.length];
    loops.run(rows, outputs);
    for (int i = 0; i < passed.length; i++) {
      if (passed[i] != COMPUTED) {
        outputs[i] = rows.column(passed[i]);
      }
    }
    return new Columns(List.of(outputs), rows.size());
  }
}

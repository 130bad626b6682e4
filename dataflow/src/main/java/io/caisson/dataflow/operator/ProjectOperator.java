package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.batch.Projection;

/** Computes expressions over each row. Linear: needs no state. */
public final class ProjectOperator implements UnaryOperator {
  private final Projection projection;

  /** A projection by compiled expressions. */
  public ProjectOperator(Projection projection) {
    this.projection = projection;
  }

  @Override
  public void process(Batch input, Output out) {
    if (input.size() > 0) {
      out.emit(new Batch(projection.project(input.rows()), input.weights(), input.watermarks()));
    }
  }
}

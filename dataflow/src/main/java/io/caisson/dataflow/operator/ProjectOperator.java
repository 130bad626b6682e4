package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.batch.Projection;
import io.caisson.error.CaissonException;
import org.jspecify.annotations.Nullable;

/** Computes expressions over each row. Linear: needs no state. */
public final class ProjectOperator implements UnaryOperator {
  private final Projection projection;

  private final @Nullable ErrorOutput errors;

  /** A projection by compiled expressions. */
  public ProjectOperator(Projection projection) {
    this(projection, null);
  }

  /**
   * A projection by compiled expressions.
   *
   * @param errors takes rows that they fail on; null where they end the view
   */
  ProjectOperator(Projection projection, @Nullable ErrorOutput errors) {
    this.projection = projection;
    this.errors = errors;
  }

  @Override
  public void process(Batch input, Output out) {
    if (input.size() == 0) {
      return;
    }
    Batch good = input;
    Columns results;
    try {
      results = projection.project(input.rows());
    } catch (CaissonException e) {
      if (errors == null) {
        throw e;
      }
      good = errors.without(input, e, projection::project);
      results = projection.project(good.rows());
    }
    if (good.size() > 0) {
      out.emit(good.withRows(results));
    }
  }
}

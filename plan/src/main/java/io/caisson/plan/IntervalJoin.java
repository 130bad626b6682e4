package io.caisson.plan;

import java.util.List;

/**
 * A join of rows whose times are not far from each other, so that neither input need be kept for
 * ever. Both times settle, see {@link EventTime}.
 *
 * @param join the join, whose condition says so
 * @param leftTime position of the time in the left input
 * @param rightTime position of the time in the right one
 * @param distance how far behind a left row's time those of its right ones are
 */
public record IntervalJoin(Join join, int leftTime, int rightTime, TimeRange distance)
    implements Plan {
  @Override
  public List<Field> fields() {
    return join.fields();
  }

  @Override
  public List<Plan> inputs() {
    return join.inputs();
  }

  @Override
  public boolean appendOnly() {
    return join.appendOnly();
  }
}

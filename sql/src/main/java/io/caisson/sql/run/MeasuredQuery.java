package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query of a single step, measured when it is analyzed. Immutable and thread-safe.
 *
 * @param query the query
 * @param clock measures its time
 */
record MeasuredQuery(PreparedQuery query, Clock clock) implements PreparedQuery {
  @Override
  public List<ColumnDefinition> columns() {
    return query.columns();
  }

  @Override
  public Set<String> inputs() {
    return query.inputs();
  }

  @Override
  public PreparedQuery with(List<? extends @Nullable Object> values) {
    return new MeasuredQuery(query.with(values), clock);
  }

  @Override
  public String explain() {
    return query.explain();
  }

  @Override
  public PlanStep plan() {
    return query.plan();
  }

  @Override
  public CloseableIterator<@Nullable Object[]> run(ScanSource source) {
    return query.run(source);
  }

  @Override
  public PlanStep analyze(ScanSource source) {
    long begin = clock.monotonicNanos();
    long count = 0;
    try (CloseableIterator<@Nullable Object[]> rows = query.run(source)) {
      for (; rows.hasNext(); count++) {
        var unused = rows.next();
      }
    }
    var measured = new PlanStep.Measured(count, 1, clock.monotonicNanos() - begin);
    PlanStep plan = query.plan();
    return new PlanStep(plan.name(), plan.details(), Optional.of(measured), plan.inputs());
  }
}

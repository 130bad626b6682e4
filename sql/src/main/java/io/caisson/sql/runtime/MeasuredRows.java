package io.caisson.sql.runtime;

import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of its input and the time that they took, for EXPLAIN ANALYZE. Immutable.
 *
 * @param step the number of the step that is measured
 */
public record MeasuredRows(int step) implements RowOperation {
  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        long begin = state.nanos();
        Enumerator<@Nullable Object[]> rows = inputs.get(0).enumerator();
        state.measure(step, 0, 1, state.nanos() - begin);
        return new Measured(state, step, rows);
      }
    };
  }

  @Override
  public String text() {
    return "Measure";
  }

  /** The rows as they are counted. */
  private record Measured(RunState state, int step, Enumerator<@Nullable Object[]> rows)
      implements Enumerator<@Nullable Object[]> {
    @Override
    public @Nullable Object[] current() {
      return rows.current();
    }

    @Override
    public boolean moveNext() {
      long begin = state.nanos();
      boolean more = rows.moveNext();
      state.measure(step, more ? 1 : 0, 0, state.nanos() - begin);
      return more;
    }

    @Override
    public void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}

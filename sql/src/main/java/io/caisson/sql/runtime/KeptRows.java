package io.caisson.sql.runtime;

import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an operator that keeps its input (a sort, the inner side of a join, a set
 * operation) and accounts for the rows that pass. They are held until the statement reads that
 * input again, or ends. Stateless.
 */
public record KeptRows() implements RowOperation {
  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    var memory = new HeldMemory(state.memory());
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        memory.release();
        return new Counted(inputs.get(0).enumerator(), memory);
      }
    };
  }

  @Override
  public String text() {
    return "Keep";
  }

  /** Counts rows as they pass. */
  private record Counted(Enumerator<@Nullable Object[]> rows, HeldMemory memory)
      implements Enumerator<@Nullable Object[]> {
    @Override
    public @Nullable Object[] current() {
      return rows.current();
    }

    @Override
    public boolean moveNext() {
      boolean more = rows.moveNext();
      if (more) {
        memory.take(StatementMemory.size(rows.current()));
      }
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

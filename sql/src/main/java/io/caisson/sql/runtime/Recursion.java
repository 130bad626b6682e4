package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE: the rows of the first input, then again and again those of the second, which
 * reads what was found last, until nothing new is found. Rows are given as they are found, so that
 * a LIMIT outside ends what has no end. Immutable.
 *
 * @param key stands for the recursion, the same in the {@link Found} of its second input
 * @param all whether equal rows are found more than once
 */
public record Recursion(Object key, boolean all) implements RowOperation {
  /**
   * The reference of a recursion to itself: what it found last.
   *
   * @param key stands for the recursion
   */
  public record Found(Object key) implements RowOperation {
    @Override
    public Enumerable<@Nullable Object[]> run(
        RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
      return new AbstractEnumerable<>() {
        @Override
        public Enumerator<@Nullable Object[]> enumerator() {
          return Linq4j.enumerator(state.found(key));
        }
      };
    }

    @Override
    public String text() {
      return "Found so far";
    }
  }

  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return new Steps(state, inputs.get(0), inputs.get(1));
      }
    };
  }

  @Override
  public String text() {
    return all ? "Recursion" : "Recursion of distinct rows";
  }

  /** The rows, step by step. */
  private final class Steps implements Enumerator<@Nullable Object[]> {
    private final RunState state;
    private final Enumerable<@Nullable Object[]> step;
    private final HeldMemory memory;
    private final Set<List<@Nullable Object>> seen = new HashSet<>();
    private List<@Nullable Object[]> found = new ArrayList<>();
    private Enumerator<@Nullable Object[]> rows;
    private @Nullable Object @Nullable [] current;

    Steps(
        RunState state, Enumerable<@Nullable Object[]> seed, Enumerable<@Nullable Object[]> step) {
      this.state = state;
      this.step = step;
      this.memory = new HeldMemory(state.memory());
      this.rows = seed.enumerator();
    }

    @Override
    public boolean moveNext() {
      while (true) {
        while (rows.moveNext()) {
          @Nullable Object[] row = rows.current();
          if (all || isNew(row)) {
            found.add(row);
            current = row;
            return true;
          }
        }
        rows.close();
        if (found.isEmpty()) {
          return false;
        }
        state.check();
        if (all) {
          memory.release();
          memory.take(found.stream().mapToLong(StatementMemory::size).sum());
        }
        state.found(key, found);
        found = new ArrayList<>();
        rows = step.enumerator();
      }
    }

    private boolean isNew(@Nullable Object[] row) {
      boolean added = seen.add(ValueOrder.key(row));
      if (added) {
        memory.take(2 * StatementMemory.size(row));
      }
      return added;
    }

    @Override
    public @Nullable Object[] current() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows come once");
    }

    @Override
    public void close() {
      rows.close();
      memory.release();
    }
  }
}

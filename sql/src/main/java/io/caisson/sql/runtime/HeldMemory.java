package io.caisson.sql.runtime;

import java.util.List;
import java.util.function.Function;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * What one enumeration of an operator's rows holds, given back when it is closed. For one thread.
 */
final class HeldMemory {
  private final StatementMemory memory;
  private long held;

  HeldMemory(StatementMemory memory) {
    this.memory = memory;
  }

  /** Rows that are computed whole each time they are asked for, and what they take meanwhile. */
  static Enumerable<@Nullable Object[]> rows(
      RunState state, Function<HeldMemory, List<@Nullable Object[]>> compute) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        var memory = new HeldMemory(state.memory());
        return memory.releasedWith(Linq4j.enumerator(compute.apply(memory)));
      }
    };
  }

  void take(long bytes) {
    memory.take(bytes);
    held += bytes;
  }

  void release() {
    memory.give(held);
    held = 0;
  }

  /** The rows; when they are closed the memory is given back. */
  Enumerator<@Nullable Object[]> releasedWith(Enumerator<@Nullable Object[]> rows) {
    return new Enumerator<>() {
      @Override
      public @Nullable Object[] current() {
        return rows.current();
      }

      @Override
      public boolean moveNext() {
        return rows.moveNext();
      }

      @Override
      public void reset() {
        rows.reset();
      }

      @Override
      public void close() {
        rows.close();
        release();
      }
    };
  }
}

package io.caisson.sql.runtime;

import org.apache.calcite.linq4j.Enumerator;
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

package io.caisson.sql.runtime;

import org.jspecify.annotations.Nullable;

/** The state of an aggregate over one group. For one thread. */
public interface Accumulator {
  /** Adds the arguments of a row. */
  void add(@Nullable Object[] arguments);

  /** The aggregate of what was added so far; more may be added after. */
  @Nullable Object result();
}

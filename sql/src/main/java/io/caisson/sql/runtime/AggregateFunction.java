package io.caisson.sql.runtime;

/** What an aggregate of ad-hoc queries computes. Implementations are immutable. */
public interface AggregateFunction {
  /** The aggregate of nothing yet. */
  Accumulator start();

  /** Whether rows in which an argument is NULL count too. */
  boolean takesNulls();

  /** Whether the order of rows matters. */
  boolean ordered();

  /** Whether the state grows with its rows. */
  boolean keepsRows();

  /** What the state of one group takes besides what it keeps of its rows, in bytes. */
  long stateBytes();
}

package io.caisson.sql.runtime;

import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Predicate1;
import org.jspecify.annotations.Nullable;

/** What an operator of our own does with the rows of its inputs. Immutable and thread-safe. */
public interface RowOperation {
  /**
   * The rows of one run.
   *
   * @param state what the run holds
   * @param inputs the rows of the inputs; each enumeration computes them again
   */
  Enumerable<@Nullable Object[]> run(RunState state, List<Enumerable<@Nullable Object[]>> inputs);

  /** The same with the conditions that it asks for, in the order in which it does. */
  default RowOperation with(List<Predicate1<@Nullable Object[]>> conditions) {
    return this;
  }

  /** What it does, in a line of EXPLAIN. */
  String text();
}

package io.caisson.sql.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one run of a query holds: its memory and the rows of its recursions. For one thread. */
public final class RunState {
  private final StatementMemory memory;
  private final Runnable cancellation;
  private final Map<Object, List<@Nullable Object[]>> recursions = new HashMap<>();

  /**
   * The state of a run that begins.
   *
   * @param memory the account of its memory
   * @param cancellation fails where the statement has been cancelled
   */
  public RunState(StatementMemory memory, Runnable cancellation) {
    this.memory = memory;
    this.cancellation = cancellation;
  }

  /** The account of its memory. */
  public StatementMemory memory() {
    return memory;
  }

  /** Fails where the statement has been cancelled. */
  public void check() {
    cancellation.run();
  }

  /** The rows that a recursion found last. */
  List<@Nullable Object[]> found(Object recursion) {
    return recursions.getOrDefault(recursion, List.of());
  }

  /** Sets the rows that a recursion found last. */
  void found(Object recursion, List<@Nullable Object[]> rows) {
    recursions.put(recursion, rows);
  }
}

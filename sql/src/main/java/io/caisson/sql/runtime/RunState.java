package io.caisson.sql.runtime;

import io.caisson.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a query holds: its memory, the rows of its recursions, and what its steps took.
 * For one thread.
 */
public final class RunState {
  private final StatementMemory memory;
  private final Runnable cancellation;
  private final Clock clock;
  private final Map<Integer, Measurement> measurements = new HashMap<>();
  private final Map<Object, List<@Nullable Object[]>> recursions = new HashMap<>();

  /**
   * The state of a run that begins.
   *
   * @param memory the account of its memory
   * @param cancellation fails where the statement has been cancelled
   * @param clock measures
   */
  public RunState(StatementMemory memory, Runnable cancellation, Clock clock) {
    this.memory = memory;
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /**
   * What a step took.
   *
   * @param rows how many rows it gave
   * @param runs how often it ran
   * @param nanos how long, its inputs included
   */
  public record Measurement(long rows, long runs, long nanos) {}

  /** What a step took, if it was measured and ran. */
  public Optional<Measurement> measured(int step) {
    return Optional.ofNullable(measurements.get(step));
  }

  long nanos() {
    return clock.monotonicNanos();
  }

  /** Adds to what a step took. */
  void measure(int step, long rows, long runs, long nanos) {
    measurements.merge(
        step,
        new Measurement(rows, runs, nanos),
        (a, b) -> new Measurement(a.rows + b.rows, a.runs + b.runs, a.nanos + b.nanos));
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

package io.caisson.engine.view;

import io.caisson.dataflow.operator.StepOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The last steps of a view, as many as fit into a bound, so that who was away for a moment can go
 * on where it was. Steps without a change are one with their neighbour. For one thread at a time.
 */
final class StepHistory {
  private static final long MOST_BYTES = 4L << 20;

  private final Deque<Step> steps = new ArrayDeque<>();
  private long begin;
  private long bytes;

  /**
   * A step.
   *
   * @param after behind which version it began
   * @param through the version that it brought the view to
   * @param change what it changed
   */
  record Step(long after, long through, StepOutput change) {
    /** How many bytes of memory its change takes, about. */
    long bytes() {
      return change.rows().memoryBytes()
          + change.late().memoryBytes()
          + change.errors().memoryBytes();
    }
  }

  /** A history that begins at a version. */
  StepHistory(long begin) {
    this.begin = begin;
  }

  void add(Step step) {
    Step last = steps.peekLast();
    if (last != null && last.change().isEmpty() && step.change().isEmpty()) {
      steps.removeLast();
      steps.addLast(new Step(last.after(), step.through(), step.change()));
      return;
    }
    steps.addLast(step);
    bytes += step.bytes();
    while (bytes > MOST_BYTES) {
      Step oldest = steps.removeFirst();
      bytes -= oldest.bytes();
      begin = oldest.through();
    }
  }

  /**
   * The steps behind a version; empty where that is before the history, or in the middle of a step
   * that changed something.
   */
  Optional<List<Step>> since(long version) {
    if (version < begin) {
      return Optional.empty();
    }
    var found = new ArrayList<Step>();
    for (Step step : steps) {
      if (step.through() > version) {
        if (step.after() < version && !step.change().isEmpty()) {
          return Optional.empty();
        }
        found.add(step);
      }
    }
    return Optional.of(found);
  }
}

package io.caisson.engine.subscription;

import io.caisson.dataflow.operator.StepOutput;
import io.caisson.engine.view.ChangeListener;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a view on their way to one subscriber, in commit order. The maintenance thread puts
 * them in and never waits: a subscriber that falls behind by more than the bound is told so and
 * gets no more. Thread-safe.
 */
final class ChangeFeed implements ChangeListener {
  /** How many bytes of changes a subscriber may be behind. */
  private static final long MOST_BYTES = 64L << 20;

  /**
   * A step of the view.
   *
   * @param version the store version that it brought the view to
   * @param change what it changed
   */
  record Step(long version, StepOutput change) {}

  private final Deque<Step> steps = new ArrayDeque<>();
  private long bytes;
  private @Nullable CaissonException end;

  @Override
  public synchronized void changed(long version, StepOutput change) {
    if (end != null) {
      return;
    }
    Step last = steps.peekLast();
    if (change.isEmpty() && last != null && last.change().isEmpty()) {
      steps.removeLast();
    }
    steps.addLast(new Step(version, change));
    bytes += size(change);
    if (bytes > MOST_BYTES) {
      steps.clear();
      end =
          new CaissonException(
                  SqlState.INSUFFICIENT_RESOURCES,
                  "the subscription is more than "
                      + (MOST_BYTES >> 20)
                      + " MB of changes behind and was ended")
              .withHint("subscribe again: it begins with a snapshot");
    }
    notifyAll();
  }

  @Override
  public synchronized void ended(CaissonException why) {
    if (end == null) {
      end = why;
    }
    notifyAll();
  }

  /** The next step, or null where none comes within the time. */
  synchronized @Nullable Step poll(Duration wait) throws InterruptedException {
    if (steps.isEmpty() && end == null) {
      TimeUnit.NANOSECONDS.timedWait(this, wait.toNanos());
    }
    Step step = steps.pollFirst();
    if (step != null) {
      bytes -= size(step.change());
    } else if (end != null) {
      throw end;
    }
    return step;
  }

  private static long size(StepOutput change) {
    return change.rows().memoryBytes()
        + change.late().memoryBytes()
        + change.errors().memoryBytes();
  }
}

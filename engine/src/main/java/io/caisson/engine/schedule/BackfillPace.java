package io.caisson.engine.schedule;

import io.caisson.engine.view.RunningView;
import io.caisson.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Holds back views that were told how many rows they may read in a second until they have caught
 * up: after a step of so many rows the next one waits as long as they may take. For the maintenance
 * thread, under its lock.
 */
final class BackfillPace {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Clock clock;
  private final Map<Long, Turn> turns = new HashMap<>();

  /** When a view may go on, and how many rows it had taken in by then. */
  private record Turn(long nanos, long rows) {}

  BackfillPace(Clock clock) {
    this.clock = clock;
  }

  /** Whether a view may go on. */
  boolean due(RunningView view) {
    long rate = view.definition().settings().backfillRowsPerSecond();
    if (rate == 0 || view.caughtUp()) {
      return true;
    }
    long now = clock.monotonicNanos();
    long rows = view.rowsTaken();
    Turn turn = turns.computeIfAbsent(view.definition().id(), id -> new Turn(now, rows));
    if (rows > turn.rows()) {
      long pause = (long) ((rows - turn.rows()) / (double) rate * NANOS_PER_SECOND);
      turn = new Turn(Math.max(turn.nanos(), now) + pause, rows);
      turns.put(view.definition().id(), turn);
    }
    return turn.nanos() <= now;
  }

  /** How long it is at most until one that waits may go on. */
  long untilDue(KeptViews views) {
    turns.keySet().removeIf(id -> !waits(views.get(id)));
    long now = clock.monotonicNanos();
    return turns.values().stream()
        .mapToLong(turn -> turn.nanos() - now)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean waits(@org.jspecify.annotations.Nullable RunningView view) {
    return view != null && view.active() && !view.caughtUp();
  }
}
